import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { FILE } from '@/lib/server/batches/batch-item';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';
import { type Preview, previewSchema } from '@/lib/shared/batch';

/**
 * Reads what an accepted file holds.
 * @throws {AppError} NOT_FOUND where there is no such batch, or no accepted file of it
 */
export async function readPreview(batchId: string, requestId: string): Promise<Preview> {
  const command = new GetCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: FILE },
    ConsistentRead: true,
  });
  const context = { operation: 'readPreview', requestId, maxRetries: env.MAX_RETRIES };
  const { Item } = await withRetry(() => documentClient.send(command), context);
  const preview = previewSchema.safeParse(Item?.preview);
  if (preview.success) return preview.data;
  const { state } = await readBatchItem(batchId, requestId);
  throw new AppError(
    'NOT_FOUND',
    `Batch ${batchId} is ${state.replaceAll('_', ' ')} and has no accepted file to show`,
  );
}
