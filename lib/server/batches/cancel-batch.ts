import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { AppError } from '@/lib/shared/app-error';
import type { Batch } from '@/lib/shared/batch';
import type { Author } from '@/lib/shared/session';

/**
 * Ends an import early: what is written stays, every row that is not becomes rejected with the reason CANCELLED. Workers
 * do that, so the batch is `cancelling` until they have.
 * @throws {AppError} CONDITIONAL_FAILED with the current batch where its state does not allow it; NOT_FOUND
 */
export async function cancelBatch(batchId: string, author: Author, requestId: string): Promise<Batch> {
  const batch = await readBatchItem(batchId, requestId);
  if (batch.kind === 'undo') {
    const message = 'An undo cannot be cancelled: half of it would be hard to explain. Pause it instead';
    throw new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business' });
  }
  return changeBatchState({
    batchId,
    action: 'CANCEL_BATCH',
    verb: 'cancelled',
    from: ['ready', 'running', 'paused'],
    to: 'cancelling',
    already: ['cancelling', 'cancelled'],
    author,
    requestId,
  });
}
