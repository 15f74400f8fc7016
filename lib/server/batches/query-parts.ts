import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

type Parts = { batchId: string; first: string; last: string; attributes?: string[] };

/**
 * All parts of a batch between two sort keys, in order, page by page as they are read.
 * @param parts `attributes` names those to read; all where it is left out
 * @throws {AppError} what DynamoDB answered
 */
export async function* queryParts(
  { batchId, first, last, attributes }: Parts,
  requestId: string,
): AsyncGenerator<Record<string, unknown>> {
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: env.BATCHES_TABLE,
      KeyConditionExpression: 'batchId = :batchId AND part BETWEEN :first AND :last',
      ExpressionAttributeValues: { ':batchId': batchId, ':first': first, ':last': last },
      ...(attributes
        ? {
            ProjectionExpression: attributes.map((_, position) => `#a${position}`).join(', '),
            ExpressionAttributeNames: Object.fromEntries(
              attributes.map((name, position) => [`#a${position}`, name]),
            ),
          }
        : {}),
      ConsistentRead: true,
      ExclusiveStartKey: startKey,
    });
    const page = await withRetry(() => documentClient.send(command), {
      operation: 'queryParts',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
    yield* page.Items ?? [];
    startKey = page.LastEvaluatedKey;
  } while (startKey);
}
