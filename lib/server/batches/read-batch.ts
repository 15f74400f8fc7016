import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type BatchItem, metaKey, toBatchItem } from '@/lib/server/batches/batch-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';

/**
 * Reads a batch as it is at this moment, as it is stored.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function readStoredBatch(batchId: string, requestId: string): Promise<Record<string, unknown>> {
  const { Item } = await withRetry(
    () => documentClient.send(new GetCommand({ ...metaKey(batchId), ConsistentRead: true })),
    { operation: 'readBatch', requestId, maxRetries: env.MAX_RETRIES },
  );
  if (!Item) throw new AppError('NOT_FOUND', `There is no batch ${batchId}`);
  return Item;
}

/**
 * Reads a batch as it is at this moment, with what workers need.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function readBatchItem(batchId: string, requestId: string): Promise<BatchItem> {
  return toBatchItem(await readStoredBatch(batchId, requestId));
}
