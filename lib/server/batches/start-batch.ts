import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import type { Batch } from '@/lib/shared/batch';
import type { Author } from '@/lib/shared/session';

/**
 * Lets the rows of an accepted file be written, by the workers of any process. Starting again changes nothing.
 * @throws {AppError} CONDITIONAL_FAILED with the current batch where its state does not allow it; NOT_FOUND
 */
export function startBatch(batchId: string, author: Author, requestId: string): Promise<Batch> {
  return changeBatchState({
    batchId,
    action: 'START_BATCH',
    verb: 'started',
    from: ['ready'],
    to: 'running',
    already: ['running'],
    author,
    requestId,
    set: { startedAt: new Date().toISOString() },
  });
}
