import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import type { Batch } from '@/lib/shared/batch';
import type { Author } from '@/lib/shared/session';

/**
 * Lets a paused batch go on where it stopped.
 * @throws {AppError} CONDITIONAL_FAILED with the current batch where its state does not allow it; NOT_FOUND
 */
export function resumeBatch(batchId: string, author: Author, requestId: string): Promise<Batch> {
  return changeBatchState({
    batchId,
    action: 'RESUME_BATCH',
    verb: 'resumed',
    from: ['paused'],
    to: 'running',
    already: ['running'],
    author,
    requestId,
  });
}
