import { GetCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

type Item = Record<string, unknown>;

/**
 * One item as it is at this moment, or undefined.
 * @throws {AppError} what DynamoDB answered
 */
export async function readStored(
  TableName: string,
  Key: Record<string, string>,
  requestId: string,
): Promise<Item | undefined> {
  const command = new GetCommand({ TableName, Key, ConsistentRead: true });
  const { Item } = await withRetry(() => documentClient.send(command), {
    operation: 'readForCheck',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  return Item;
}

/**
 * Every item of a query, page by page.
 * @throws {AppError} what DynamoDB answered
 */
export async function* queryStored(query: QueryCommandInput, requestId: string): AsyncGenerator<Item[]> {
  let startKey = query.ExclusiveStartKey;
  do {
    const command = new QueryCommand({ ...query, ExclusiveStartKey: startKey });
    const page = await withRetry(() => documentClient.send(command), {
      operation: 'queryForCheck',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
    yield page.Items ?? [];
    startKey = page.LastEvaluatedKey;
  } while (startKey);
}
