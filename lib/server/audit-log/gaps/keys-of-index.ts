import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

/** As many as one BatchGetItem takes: what is behind them is known to be there, not how much. */
const MOST = 100;

/**
 * The first keys of a partition of an index, and whether there are more.
 * @throws {AppError} what DynamoDB answered
 */
export async function keysOfIndex(
  query: QueryCommandInput,
  requestId: string,
): Promise<{ keys: Record<string, unknown>[]; hasMore: boolean }> {
  const command = new QueryCommand({ ...query, Limit: MOST });
  const { Items = [], LastEvaluatedKey } = await withRetry(() => documentClient.send(command), {
    operation: 'countGaps',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  return { keys: Items, hasMore: LastEvaluatedKey !== undefined };
}
