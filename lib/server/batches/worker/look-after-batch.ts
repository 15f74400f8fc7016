import { failAbandonedReceive } from '@/lib/server/batches/accept/fail-abandoned-receive';
import { removeReceivedParts } from '@/lib/server/batches/accept/remove-received-parts';
import type { BatchItem } from '@/lib/server/batches/batch-item';
import { runBulk } from '@/lib/server/batches/bulk/run-bulk';
import { cancelRows } from '@/lib/server/batches/run/cancel-rows';
import { undoRows } from '@/lib/server/batches/run/undo-rows';
import { writeRows } from '@/lib/server/batches/run/write-rows';
import { type Looking, lookOnce, whileWatched } from '@/lib/server/batches/worker/look-once';
import type { Watch } from '@/lib/server/batches/worker/watch-batch';
import { requireClosedBreaker } from '@/lib/server/breakers/breaker-gate';
import { env } from '@/lib/server/env';
import { isBulk } from '@/lib/shared/batch';

/**
 * Does what a batch needs from a worker at this moment, until nothing is left that this process can do. Any number of
 * processes may look after the same batch. Never throws: what holds it up is shown on the batch.
 * @returns false where it was held up and should be looked at again a little later
 */
export function lookAfterBatch(batchId: string, looking: Looking): Promise<boolean> {
  return lookOnce(batchId, looking, (batch) => workOn(batch, looking));
}

async function workOn(batch: BatchItem, looking: Looking): Promise<void> {
  const { requestId } = looking;
  if (batch.state === 'receiving') await failAbandonedReceive(batch, requestId);
  if (batch.state === 'failed_to_receive') await removeReceivedParts(batch.batchId, requestId);
  if (batch.state === 'cancelling') await cancelRows(batch, requestId);
  if (batch.state !== 'running') return;
  await whileWatched(batch, looking, (watch) => run(batch, watch, requestId));
}

/** No chunk is taken, and no target tried, where the writes would only meet an open breaker. */
async function run(batch: BatchItem, watch: Watch, requestId: string): Promise<void> {
  requireClosedBreaker(env.ASSIGNMENTS_TABLE);
  if (batch.kind === 'undo') return undoRows(batch, watch, requestId);
  if (isBulk(batch.kind)) return runBulk(batch, watch, requestId);
  return writeRows(batch, watch, requestId);
}
