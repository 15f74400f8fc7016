import { BatchGetCommand, type BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { pauseBeforeRetry, withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';

type Item = Record<string, unknown>;
type BatchGetOptions = { operation: string; requestId: string };

/**
 * Reads up to 100 items by their keys, strongly consistent, in no particular order; keys without an item are left out.
 * Keys that DynamoDB leaves unprocessed are asked for again.
 * @throws {AppError} THROTTLING where some stay unprocessed to the end
 */
export async function batchGet(tableName: string, keys: Item[], options: BatchGetOptions): Promise<Item[]> {
  const context = { ...options, maxRetries: env.MAX_RETRIES };
  const items: Item[] = [];
  let left = keys;
  for (let retry = 1; left.length > 0; retry++) {
    const answer: BatchGetCommandOutput = await withRetry(
      () =>
        documentClient.send(
          new BatchGetCommand({ RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } } }),
        ),
      context,
    );
    items.push(...(answer.Responses?.[tableName] ?? []));
    left = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (left.length === 0) break;
    const error = new AppError('THROTTLING', `DynamoDB left ${left.length} keys of ${tableName} unread`);
    if (retry > context.maxRetries) throw error;
    await pauseBeforeRetry(error, retry, context);
  }
  return items;
}
