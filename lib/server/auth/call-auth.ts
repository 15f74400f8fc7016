import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

type CallContext = { operation: string; requestId: string };

/**
 * Calls better-auth with the retries that every call to DynamoDB gets.
 * @throws {AppError} what DynamoDB answered, where better-auth had wrapped it in an error of its own
 */
export function callAuth<Result>(call: () => Promise<Result>, context: CallContext): Promise<Result> {
  const attempt = async () => {
    try {
      return await call();
    } catch (thrown) {
      throw thrown instanceof Error && thrown.name === 'APIError' && thrown.cause ? thrown.cause : thrown;
    }
  };
  return withRetry(attempt, { ...context, maxRetries: env.MAX_RETRIES });
}
