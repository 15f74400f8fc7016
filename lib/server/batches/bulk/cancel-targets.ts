import type { BatchItem } from '@/lib/server/batches/batch-item';
import { TARGETS_AT_ONCE } from '@/lib/server/batches/bulk/act';
import { commitTargets } from '@/lib/server/batches/bulk/commit-targets';
import { readTargets } from '@/lib/server/batches/bulk/read-targets';
import { resultsOf } from '@/lib/server/batches/bulk/run-bulk';
import { cancelledResult } from '@/lib/server/batches/bulk/target-ends';
import type { Claim } from '@/lib/server/batches/chunks/chunk-lease';

/**
 * Ends a chunk of a cancelled bulk batch that somebody had begun: it is looked up what was done to the few targets that
 * were in hand, all others are skipped.
 * @throws {AppError} where DynamoDB refused
 */
export async function cancelTargets(batch: BatchItem, claim: Claim, requestId: string): Promise<void> {
  const { chunk } = claim;
  const left = (await readTargets(batch.batchId, chunk.chunk, requestId)).slice(chunk.doneTo);
  const inHand = left.slice(0, TARGETS_AT_ONCE);
  const done = await resultsOf(batch, inHand, () => false);
  const results = inHand.map((target) => done.get(target) ?? cancelledResult(target));
  const cancelled = left.length - inHand.length;
  await commitTargets({ batch, claim, results, cancelled, requestId });
}
