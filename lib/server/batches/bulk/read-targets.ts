import * as z from 'zod';
import { unpackJson } from '@/lib/server/batches/chunks/pack-json';
import { readPacked } from '@/lib/server/batches/chunks/read-packed';

const targetsSchema = z.array(z.string());

/**
 * Reads the targets of a chunk of a bulk batch, in their order.
 * @throws {AppError} SYSTEM_ERROR where they are gone, or what DynamoDB answered
 */
export async function readTargets(batchId: string, chunk: number, requestId: string): Promise<string[]> {
  return targetsSchema.parse(await unpackJson(await readPacked(batchId, chunk, requestId)));
}
