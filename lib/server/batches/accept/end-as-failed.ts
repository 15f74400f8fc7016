import { failReceive } from '@/lib/server/batches/accept/fail-receive';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import type { AppError } from '@/lib/shared/app-error';

/**
 * Ends a batch that could not be received, and says why. Never throws: what cannot be ended now, a worker ends when it has
 * been silent for long enough.
 */
export async function endAsFailed(
  batchId: string,
  { code, message }: AppError,
  requestId: string,
): Promise<void> {
  try {
    await failReceive(batchId, { code, message }, requestId);
  } catch (thrown) {
    const { code: failedWith, message: reason } = classifyError(thrown);
    log.warn('failed batch not ended yet', {
      requestId,
      operation: 'endAsFailed',
      batchId,
      code: failedWith,
      reason,
    });
  }
}
