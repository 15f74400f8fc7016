import type { BatchItem } from '@/lib/server/batches/batch-item';
import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import type { RowEnd } from '@/lib/server/batches/chunks/row-end';
import { actOnItems } from '@/lib/server/failed-items/act-on-items';
import { CORRECTED_BY } from '@/lib/server/failed-items/eligibility';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { readItems } from '@/lib/server/failed-items/read-items';
import { MOST_AT_ONCE } from '@/lib/shared/failed-item';

/**
 * Discards the failed items that rows of a chunk replace, before those rows are written: an item is retried or corrected,
 * never both. Called again after a crash, it finds what it has discarded.
 * @returns the ends of the rows that may not be written, by row number: their items are not to be discarded any more
 * @throws {AppError} what DynamoDB answered; the batch then waits
 */
export async function replaceFailedItems(
  rows: ChunkRow[],
  batch: BatchItem,
  requestId: string,
): Promise<Map<number, RowEnd>> {
  const corrections = rows.flatMap(({ rowNumber, corrects }) => (corrects ? [{ rowNumber, corrects }] : []));
  const ids = [...new Set(corrections.map(({ corrects }) => corrects))];
  const refused = new Map<string, string>();
  for (let start = 0; start < ids.length; start += MOST_AT_ONCE) {
    const group = ids.slice(start, start + MOST_AT_ONCE);
    for (const [id, reason] of await discard(group, batch, requestId)) refused.set(id, reason);
  }
  return new Map(
    corrections.flatMap(({ rowNumber, corrects }): [number, RowEnd][] => {
      const reason = refused.get(corrects);
      if (reason === undefined) return [];
      const message = `The failed item that this row corrects stays as it is. ${reason}`;
      const rejection = { rowNumber, code: 'CONDITIONAL_FAILED' as const, field: null, message };
      return [[rowNumber, { kind: 'rejected', rejection }]];
    }),
  );
}

/** @returns why items that are neither discarded nor gone could not be, by id */
async function discard(ids: string[], batch: BatchItem, requestId: string): Promise<Map<string, string>> {
  const reason = `${CORRECTED_BY}${batch.batchId}`;
  const asOf = new Date().toISOString();
  const asking = { actor: batch.createdBy, requestId, asOf, reason, bulkId: batch.batchId };
  const outcomes = await actOnItems(ids, { action: 'discard', reason }, asking);
  const left = outcomes.filter(({ outcome }) => outcome !== 'succeeded');
  const items = await readItems(
    left.map(({ id }) => keyOfId(id)),
    requestId,
  );
  // What somebody has discarded before is corrected by the file all the same.
  return new Map(
    left.flatMap(({ id, message }): [string, string][] => {
      const state = items.get(id)?.state ?? 'discarded';
      return state === 'discarded' ? [] : [[id, message]];
    }),
  );
}
