import { failAbandonedReceive } from '@/lib/server/batches/accept/fail-abandoned-receive';
import { removeReceivedParts } from '@/lib/server/batches/accept/remove-received-parts';
import type { BatchItem } from '@/lib/server/batches/batch-item';
import { finishBatch } from '@/lib/server/batches/finish-batch';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { cancelRows } from '@/lib/server/batches/run/cancel-rows';
import { undoRows } from '@/lib/server/batches/run/undo-rows';
import { writeRows } from '@/lib/server/batches/run/write-rows';
import { noteProblem } from '@/lib/server/batches/worker/note-problem';
import { settleBatchEvents } from '@/lib/server/batches/worker/settle-batch-events';
import { settleSegments } from '@/lib/server/batches/worker/settle-segments';
import { watchBatch } from '@/lib/server/batches/worker/watch-batch';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';

type Looking = { requestId: string; isStopping: () => boolean };

/**
 * Does what a batch needs from a worker at this moment, until nothing is left that this process can do. Any number of
 * processes may look after the same batch. Never throws: what holds it up is shown on the batch.
 * @returns false where it was held up and should be looked at again a little later
 */
export async function lookAfterBatch(batchId: string, looking: Looking): Promise<boolean> {
  const { requestId } = looking;
  try {
    const batch = await readBatchItem(batchId, requestId);
    await settlePending(batch, requestId);
    await workOn(batch, looking);
    const after = await readBatchItem(batchId, requestId);
    if (after.waiting === 0 && ENDS_BY_ITSELF.has(after.state)) await finishBatch(after, requestId);
    return true;
  } catch (thrown) {
    await noteProblem(batchId, classifyError(thrown), requestId);
    return false;
  }
}

/** What the audit table has refused so far must not keep the batch from going on while it still does. */
async function settlePending(batch: BatchItem, requestId: string): Promise<void> {
  try {
    await settleBatchEvents(batch);
    await settleSegments(batch, requestId);
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('audit events of a batch are still pending', {
      requestId,
      operation: 'settlePending',
      batchId: batch.batchId,
      code,
      reason: message,
    });
  }
}

const ENDS_BY_ITSELF = new Set(['running', 'paused', 'cancelling']);

async function workOn(batch: BatchItem, { requestId, isStopping }: Looking): Promise<void> {
  if (batch.state === 'receiving') await failAbandonedReceive(batch, requestId);
  if (batch.state === 'failed_to_receive') await removeReceivedParts(batch.batchId, requestId);
  if (batch.state === 'cancelling') await cancelRows(batch, requestId);
  if (batch.state !== 'running') return;

  const watch = watchBatch(batch, { requestId, isStopping });
  try {
    if (batch.kind === 'undo') await undoRows(batch, watch, requestId);
    else await writeRows(batch, watch, requestId);
  } finally {
    watch.stop();
  }
}
