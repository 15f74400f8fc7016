import { batchGet } from '@/lib/server/batch-get';
import { META, toBatchItem } from '@/lib/server/batches/batch-item';
import { env } from '@/lib/server/env';
import type { RequestBatch } from '@/lib/shared/request';

const MOST_BATCHES = 25;

/**
 * The batches that a request made, steered or worked for, as they are at this moment.
 * @throws {AppError} what DynamoDB answered
 */
export async function findBatches(
  asked: string,
  named: Iterable<string>,
  requestId: string,
): Promise<RequestBatch[]> {
  const keys = [...new Set(named)].slice(0, MOST_BATCHES).map((batchId) => ({ batchId, part: META }));
  if (keys.length === 0) return [];
  const items = await batchGet(env.BATCHES_TABLE, keys, { operation: 'findBatches', requestId });
  return items.map((item) => {
    const { batchId, kind, fileName, state, createdAt, requestId: madeBy } = toBatchItem(item);
    return { batchId, kind, fileName, state, createdAt, isMadeHere: madeBy === asked };
  });
}
