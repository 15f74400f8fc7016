import type { BatchItem } from '@/lib/server/batches/batch-item';
import { finishBatch } from '@/lib/server/batches/finish-batch';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { noteProblem } from '@/lib/server/batches/worker/note-problem';
import { settleBatchEvents } from '@/lib/server/batches/worker/settle-batch-events';
import { settleSegments } from '@/lib/server/batches/worker/settle-segments';
import { type Watch, watchBatch } from '@/lib/server/batches/worker/watch-batch';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';

export type Looking = { requestId: string; isStopping: () => boolean };

/**
 * Looks after a batch once: writes what the audit table has refused so far, does `work`, and ends the batch where no row
 * waits any more. Never throws: what holds it up is shown on the batch.
 * @returns false where it was held up and should be looked at again a little later
 */
export async function lookOnce(
  batchId: string,
  { requestId }: Looking,
  work: (batch: BatchItem) => Promise<void>,
): Promise<boolean> {
  try {
    const batch = await readBatchItem(batchId, requestId);
    await settlePending(batch, requestId);
    await work(batch);
    const after = await readBatchItem(batchId, requestId);
    if (after.waiting === 0 && ENDS_BY_ITSELF.has(after.state)) await finishBatch(after, requestId);
    return true;
  } catch (thrown) {
    await noteProblem(batchId, classifyError(thrown), requestId);
    return false;
  }
}

const ENDS_BY_ITSELF = new Set(['running', 'paused', 'cancelling']);

/** What the audit table has refused so far must not keep the batch from going on while it still does. */
async function settlePending(batch: BatchItem, requestId: string): Promise<void> {
  try {
    await settleBatchEvents(batch, requestId);
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

/** Runs work that must stop as soon as somebody changes the state of the batch. */
export async function whileWatched(
  batch: BatchItem,
  looking: Looking,
  work: (watch: Watch) => Promise<void>,
): Promise<void> {
  const watch = watchBatch(batch, looking);
  try {
    await work(watch);
  } finally {
    watch.stop();
  }
}
