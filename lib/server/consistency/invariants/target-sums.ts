import { chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { countOutcome } from '@/lib/server/batches/bulk/target-ends';
import { toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { queryParts } from '@/lib/server/batches/query-parts';

/** The numbers of a bulk batch as its chunks know them. */
export type TargetSums = Record<'rows' | 'succeeded' | 'skipped' | 'failed' | 'waiting', number>;

/**
 * Adds up the chunks of a batch that runs over targets; those of a chunk that was cancelled count as skipped.
 * @throws {AppError} what DynamoDB answered
 */
export async function sumTargets(batchId: string, requestId: string): Promise<TargetSums> {
  const sums: TargetSums = { rows: 0, succeeded: 0, skipped: 0, failed: 0, waiting: 0 };
  const parts = queryParts({ batchId, first: chunkPart(0), last: chunkPart(LAST_CHUNK) }, requestId);
  for await (const item of parts) {
    const { state, valid, outcomes = '' } = toChunkState(item);
    sums.rows += valid;
    sums.succeeded += countOutcome(outcomes, 'succeeded');
    sums.skipped += countOutcome(outcomes, 'skipped');
    sums.failed += countOutcome(outcomes, 'failed');
    sums[state === 'cancelled' ? 'skipped' : 'waiting'] += valid - outcomes.length;
  }
  return sums;
}
