import { batchGet } from '@/lib/server/batch-get';
import { META, toBatch } from '@/lib/server/batches/batch-item';
import { findActiveBatches } from '@/lib/server/batches/worker/find-active-batches';
import { env } from '@/lib/server/env';
import type { Batch } from '@/lib/shared/batch';

/**
 * The batches that are running at this moment.
 * @throws what DynamoDB answered
 */
export async function readRunningBatches(requestId: string): Promise<Batch[]> {
  const keys = (await findActiveBatches()).map((batchId) => ({ batchId, part: META }));
  if (keys.length === 0) return [];
  const items = await batchGet(env.BATCHES_TABLE, keys, { operation: 'readRunningBatches', requestId });
  return items.map(toBatch).filter(({ state }) => state === 'running');
}
