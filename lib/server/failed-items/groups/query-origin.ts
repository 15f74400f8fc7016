import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

/**
 * Everything in one partition of the table of failed items, for partitions that stay small.
 * @throws {AppError} what DynamoDB answered
 */
export async function queryOrigin(
  origin: string,
  options: { operation: string; requestId: string },
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: env.FAILED_ITEMS_TABLE,
      KeyConditionExpression: 'origin = :origin',
      ExpressionAttributeValues: { ':origin': origin },
      ConsistentRead: true,
      ExclusiveStartKey: startKey,
    });
    const context = { ...options, maxRetries: env.MAX_RETRIES };
    const page = await withRetry(() => documentClient.send(command), context);
    items.push(...(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return items;
}
