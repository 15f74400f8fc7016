import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { isConditionFailed } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';

/**
 * Sends a write that has a condition, with the usual retries.
 * @returns false where the condition refused it
 * @throws {AppError} what DynamoDB answered otherwise
 */
export async function writeIf(
  send: () => Promise<unknown>,
  context: { operation: string; requestId: string },
): Promise<boolean> {
  try {
    await withRetry(send, { ...context, maxRetries: env.MAX_RETRIES });
    return true;
  } catch (thrown) {
    if (isConditionFailed(thrown instanceof AppError ? thrown.cause : thrown)) return false;
    throw thrown;
  }
}
