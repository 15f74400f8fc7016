import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { rowsPart } from '@/lib/server/batches/batch-item';
import { type ChunkRows, unpackRows } from '@/lib/server/batches/chunks/chunk';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';

const packedSchema = z.object({ packed: z.instanceof(Uint8Array) });

/**
 * Reads the rows of a chunk.
 * @throws {AppError} SYSTEM_ERROR where they are gone, or what DynamoDB answered
 */
export async function readChunkRows(batchId: string, chunk: number, requestId: string): Promise<ChunkRows> {
  const command = new GetCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: rowsPart(chunk) },
    ConsistentRead: true,
  });
  const { Item } = await withRetry(() => documentClient.send(command), {
    operation: 'readChunkRows',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  if (!Item) throw new AppError('SYSTEM_ERROR', `The rows of chunk ${chunk} of ${batchId} are gone`);
  return unpackRows(packedSchema.parse(Item).packed);
}
