import { type ChunkRows, unpackRows } from '@/lib/server/batches/chunks/chunk';
import { readPacked } from '@/lib/server/batches/chunks/read-packed';

/**
 * Reads the rows of a chunk.
 * @throws {AppError} SYSTEM_ERROR where they are gone, or what DynamoDB answered
 */
export async function readChunkRows(batchId: string, chunk: number, requestId: string): Promise<ChunkRows> {
  return unpackRows(await readPacked(batchId, chunk, requestId));
}
