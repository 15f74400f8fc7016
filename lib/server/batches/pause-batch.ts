import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import type { Batch } from '@/lib/shared/batch';
import type { Author } from '@/lib/shared/session';

/**
 * Stops a batch until somebody resumes it; rows that are being written at this moment are finished or given back.
 * @throws {AppError} CONDITIONAL_FAILED with the current batch where its state does not allow it; NOT_FOUND
 */
export function pauseBatch(batchId: string, author: Author, requestId: string): Promise<Batch> {
  return changeBatchState({
    batchId,
    action: 'PAUSE_BATCH',
    verb: 'paused',
    from: ['running'],
    to: 'paused',
    already: ['paused'],
    author,
    requestId,
  });
}
