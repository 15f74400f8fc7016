import { batchGet } from '@/lib/server/batch-get';
import { chunkPart, META } from '@/lib/server/batches/batch-item';
import { env } from '@/lib/server/env';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';

const STILL_WRITTEN = 'Its batch is still working on its part of the file';
const UNDONE = 'Its batch was undone: discard it, or upload the row again';

/** A BatchGetItem call takes 100 keys. */
const MOST_KEYS = 100;

/**
 * Why rows cannot be acted on because of their batches, by item id. A row whose chunk is not committed may still be written
 * by the batch itself; a row of a batch that was undone must not come back.
 * @throws {AppError} what DynamoDB answered
 */
export async function blockedRows(
  items: FailedItemItem[],
  action: string,
  requestId: string,
): Promise<Map<string, string>> {
  const parts = await readParts(items, requestId);
  const stateOf = (batchId: string | null, part: string) => parts.get(`${batchId}#${part}`);
  return new Map(
    items.flatMap(({ id, batchId, row }): [string, string][] => {
      if (!row) return [];
      if (stateOf(batchId, chunkPart(row.chunk)) !== 'committed') return [[id, STILL_WRITTEN]];
      const batchState = stateOf(batchId, META);
      const isUndone = batchState === 'undoing' || batchState === 'undone';
      return isUndone && action === 'retry' ? [[id, UNDONE]] : [];
    }),
  );
}

async function readParts(items: FailedItemItem[], requestId: string): Promise<Map<string, unknown>> {
  const keys = new Map<string, { batchId: string; part: string }>();
  for (const { batchId, row } of items) {
    if (!row || batchId === null) continue;
    for (const part of [META, chunkPart(row.chunk)]) keys.set(`${batchId}#${part}`, { batchId, part });
  }
  const all = [...keys.values()];
  const states = new Map<string, unknown>();
  for (let start = 0; start < all.length; start += MOST_KEYS) {
    const found = await batchGet(env.BATCHES_TABLE, all.slice(start, start + MOST_KEYS), {
      operation: 'readRowContext',
      requestId,
    });
    for (const { batchId, part, state } of found) states.set(`${batchId}#${part}`, state);
  }
  return states;
}
