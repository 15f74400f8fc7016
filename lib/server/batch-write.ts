import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { pauseBeforeRetry, withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';

type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];
type BatchWriteOptions = { operation: string; requestId: string };

/**
 * Puts and deletes any number of items of one table, unconditionally; what DynamoDB leaves unprocessed is sent again.
 * For items that nobody else writes: a repeated put must not hurt.
 * @throws {AppError} THROTTLING where some stay unprocessed to the end, or what DynamoDB answered
 */
export async function batchWrite(
  tableName: string,
  requests: Requests,
  options: BatchWriteOptions,
): Promise<void> {
  for (let start = 0; start < requests.length; start += env.BATCH_SIZE) {
    await writeGroup(tableName, requests.slice(start, start + env.BATCH_SIZE), options);
  }
}

async function writeGroup(tableName: string, group: Requests, options: BatchWriteOptions): Promise<void> {
  const context = { ...options, maxRetries: env.MAX_RETRIES };
  let left = group;
  for (let retry = 1; ; retry++) {
    const command = new BatchWriteCommand({ RequestItems: { [tableName]: left } });
    const { UnprocessedItems } = await withRetry(() => documentClient.send(command), context);
    left = UnprocessedItems?.[tableName] ?? [];
    if (left.length === 0) return;
    const error = new AppError('THROTTLING', `DynamoDB left ${left.length} items of ${tableName} unwritten`);
    if (retry > context.maxRetries) throw error;
    await pauseBeforeRetry(error, retry, context);
  }
}
