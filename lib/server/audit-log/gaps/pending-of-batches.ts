import {
  addPending,
  NOTHING_PENDING,
  type Pending,
  pendingOf,
} from '@/lib/server/audit-log/gaps/pending-events';
import { batchGet } from '@/lib/server/batch-get';
import { type BatchItem, chunkPart, LAST_CHUNK, META, toBatchItem } from '@/lib/server/batches/batch-item';
import { OUTCOMES, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { queryParts } from '@/lib/server/batches/query-parts';
import { findActiveBatches } from '@/lib/server/batches/worker/find-active-batches';
import { env } from '@/lib/server/env';

/** Chunks of one batch that are looked at: more of them are known to be there, not how many rows they have. */
const MOST_CHUNKS = 200;

/**
 * Events that lie on the batches they tell of, and those of rows whose segment was refused.
 * @throws {AppError} what DynamoDB answered
 */
export async function pendingOfBatches(requestId: string): Promise<Pending> {
  const keys = (await findActiveBatches()).map((batchId) => ({ batchId, part: META }));
  const items = await batchGet(env.BATCHES_TABLE, keys, { operation: 'countGaps', requestId });
  const batches = await Promise.all(items.map((item) => pendingOfBatch(toBatchItem(item), requestId)));
  return batches.reduce(addPending, NOTHING_PENDING);
}

async function pendingOfBatch(batch: BatchItem, requestId: string): Promise<Pending> {
  const events = pendingOf(batch.pendingEvents);
  return batch.pendingSegments === 0 ? events : addPending(events, await pendingRows(batch, requestId));
}

async function pendingRows({ batchId, pendingSegments }: BatchItem, requestId: string): Promise<Pending> {
  const parts = queryParts({ batchId, first: chunkPart(0), last: chunkPart(LAST_CHUNK) }, requestId);
  let rows = NOTHING_PENDING;
  let segments = 0;
  let looked = 0;
  for await (const item of parts) {
    const { isSegmentPending, outcomes = '', firstClaimedAt = null } = toChunkState(item);
    if (isSegmentPending) {
      const count = [...outcomes].filter((outcome) => outcome === OUTCOMES.created).length;
      rows = addPending(rows, { count, oldest: firstClaimedAt, isAtLeast: false });
      segments++;
    }
    looked++;
    if (segments === pendingSegments || looked === MOST_CHUNKS) break;
  }
  return { ...rows, isAtLeast: segments < pendingSegments };
}
