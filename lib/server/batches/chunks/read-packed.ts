import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { rowsPart } from '@/lib/server/batches/batch-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';

const packedSchema = z.object({ packed: z.instanceof(Uint8Array) });

/**
 * Reads what a chunk holds, still packed: rows of a file, or targets.
 * @throws {AppError} SYSTEM_ERROR where it is gone, or what DynamoDB answered
 */
export async function readPacked(batchId: string, chunk: number, requestId: string): Promise<Uint8Array> {
  const command = new GetCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: rowsPart(chunk) },
    ConsistentRead: true,
  });
  const { Item } = await withRetry(() => documentClient.send(command), {
    operation: 'readPacked',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  if (!Item) throw new AppError('SYSTEM_ERROR', `The rows of chunk ${chunk} of ${batchId} are gone`);
  return packedSchema.parse(Item).packed;
}
