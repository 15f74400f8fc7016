import { type FailedItemKey, keyOfId, rowName } from '@/lib/server/failed-items/failed-item-key';

/** What the text of the search box means. */
export type SearchText =
  | { kind: 'item'; key: FailedItemKey }
  | { kind: 'batch'; batchId: string }
  | { kind: 'row'; rowNumber: number }
  /** An assignment or request ID. */
  | { kind: 'id'; id: string };

const ITEM_ID = /^(row\.[\w-]+\.\d{1,9}|(create|effects|undo)\..+)$/;
const ROW_OF_BATCH = /^(batch_[\w-]+)(?:\s+|\s*[,#.:]\s*)(?:row\s*)?(\d{1,9})$/i;
const BATCH_ID = /^batch_[\w-]+$/;
const ROW_NUMBER = /^(?:row\s*)?#?(\d{1,9})$/i;

/** Reads a search text: an item ID, a batch, a row of it (`batch_1 row 7`), a row number, or any other ID. */
export function readSearchText(text: string): SearchText {
  if (ITEM_ID.test(text)) return { kind: 'item', key: keyOfId(text) };
  const [, batchId, ofBatch] = ROW_OF_BATCH.exec(text) ?? [];
  if (batchId && ofBatch) return { kind: 'item', key: rowName(batchId, Number(ofBatch)) };
  if (BATCH_ID.test(text)) return { kind: 'batch', batchId: text };
  const [, rowNumber] = ROW_NUMBER.exec(text) ?? [];
  return rowNumber ? { kind: 'row', rowNumber: Number(rowNumber) } : { kind: 'id', id: text };
}
