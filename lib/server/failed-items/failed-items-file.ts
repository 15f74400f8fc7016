import { failedFileName } from '@/lib/server/batches/accept/corrected-batch';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { correctionText, type RowToCorrect } from '@/lib/server/batches/read/correction-text';
import { readPreview } from '@/lib/server/batches/read/read-preview';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { readItems } from '@/lib/server/failed-items/read-items';
import { walkFailedItems } from '@/lib/server/failed-items/walk-failed-items';
import type { Download } from '@/lib/server/route';
import { FAILED_COLUMNS } from '@/lib/shared/batch-header';
import { MAPPED_FIELDS } from '@/lib/shared/batch-mapping';
import type { FailedItemFilter } from '@/lib/shared/failed-item';

/**
 * The failed items of a filter, to be corrected and uploaded: those of one file in its own columns and delimiter, as they
 * were in the file; others with the columns of our template, as they would be written. Code, error, field and the ID of the
 * item stand beside them; by that ID a corrected row replaces its item. What has no content of its own (effects, undos) is
 * left out.
 * @throws {AppError} NOT_FOUND where the batch does not exist, or what DynamoDB answered
 */
export async function failedItemsFile(filter: FailedItemFilter, requestId: string): Promise<Download> {
  const { batchId } = filter;
  const batch = batchId === undefined ? undefined : await readBatchItem(batchId, requestId);
  const items = itemsWithContent(filter, requestId);
  const contentType = 'text/csv; charset=utf-8';
  if (batch?.kind !== 'import') {
    const columns = { columns: MAPPED_FIELDS, delimiter: ',', ours: FAILED_COLUMNS };
    const day = new Date().toISOString().slice(0, 10);
    const text = correctionText(columns, asWritten(items));
    return { fileName: `failed-items-${day}.csv`, contentType, text };
  }
  const { columns, delimiter } = await readPreview(batch.batchId, requestId);
  const text = correctionText({ columns, delimiter, ours: FAILED_COLUMNS }, asInFile(items, requestId));
  return { fileName: failedFileName(batch.batchId), contentType, text };
}

async function* itemsWithContent(
  filter: FailedItemFilter,
  requestId: string,
): AsyncGenerator<FailedItemItem[]> {
  for await (const group of walkFailedItems(filter, { requestId })) {
    const keys = group.map(({ id }) => keyOfId(id));
    const items = await readItems(keys, requestId);
    yield group.flatMap(({ id }) => {
      const item = items.get(id);
      return item?.payload ? [item] : [];
    });
  }
}

const notesOf = ({ code, message, field, id }: FailedItemItem) => [code, message, field ?? '', id];

async function* asWritten(groups: AsyncIterable<FailedItemItem[]>): AsyncGenerator<RowToCorrect[]> {
  for await (const group of groups) {
    yield group.map((item) => {
      const values = { ...item.payload, assignmentId: item.assignmentId };
      return { cells: MAPPED_FIELDS.map((field) => String(values[field] ?? '')), notes: notesOf(item) };
    });
  }
}

async function* asInFile(
  groups: AsyncIterable<FailedItemItem[]>,
  requestId: string,
): AsyncGenerator<RowToCorrect[]> {
  const cellsOf = cellsReader(requestId);
  for await (const group of groups) {
    const rows: RowToCorrect[] = [];
    for (const item of group) rows.push({ cells: await cellsOf(item), notes: notesOf(item) });
    yield rows;
  }
}

/** Items come in the order of the file, so that each chunk is read once. */
function cellsReader(requestId: string) {
  let chunk = 0;
  let cells = new Map<number, string[]>();
  return async ({ row, batchId, rowNumber }: FailedItemItem): Promise<string[]> => {
    if (!row || batchId === null || rowNumber === null) return [];
    if (row.chunk !== chunk) {
      const { rows } = await readChunkRows(batchId, row.chunk, requestId);
      chunk = row.chunk;
      cells = new Map(rows.map((stored) => [stored.rowNumber, stored.cells]));
    }
    return cells.get(rowNumber) ?? [];
  };
}
