import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { type Seal, type SealedItem, sealedItemSchema } from '@/lib/shared/audit-seal';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Hashes do not pack: 2,500 entries are about 130 KB. */
const ENTRIES_PER_PART = 2500;

type Sealed = Pick<Seal, 'hour' | 'root' | 'listRoot'>;

/** Under its root: a sealer that comes too late with another list leaves alone what was signed. */
export const sealedListKey = ({ hour, root, listRoot = root }: Sealed, part: number) => ({
  lane: `LEAVES#${hour}`,
  eventKey: `${listRoot}#${String(part).padStart(6, '0')}`,
});

/** How many parts the list of so many items has; none where there are no items. */
export const partsOf = (items: number) => Math.ceil(items / ENTRIES_PER_PART);

/**
 * Stores what a seal is over, item by item, so that a later look can name what changed. Writing it again replaces it by the
 * same.
 * @throws {AppError} what DynamoDB answered
 */
export async function writeSealedList(sealed: Sealed, list: SealedItem[], requestId: string): Promise<void> {
  for (let part = 0; part < partsOf(list.length); part++) {
    const entries = list.slice(part * ENTRIES_PER_PART, (part + 1) * ENTRIES_PER_PART);
    const packed = await compress(JSON.stringify(entries), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
    });
    const command = new PutCommand({
      TableName: env.AUDIT_TABLE,
      Item: { ...sealedListKey(sealed, part), packed },
    });
    await withRetry(() => documentClient.send(command), context('writeSealedList', requestId));
  }
}

/**
 * One part of the list of an hour.
 * @throws {AppError} what DynamoDB answered
 */
export async function readSealedPart(sealed: Sealed, part: number, requestId: string): Promise<SealedItem[]> {
  const command = new GetCommand({
    TableName: env.AUDIT_TABLE,
    Key: sealedListKey(sealed, part),
    ConsistentRead: true,
  });
  const { Item } = await withRetry(() => documentClient.send(command), context('readSealedPart', requestId));
  if (!(Item?.packed instanceof Uint8Array)) return [];
  try {
    const text = (await decompress(Item.packed)).toString('utf8');
    return z.array(sealedItemSchema).parse(JSON.parse(text));
  } catch {
    // Somebody changed it: as a list of nothing it does not give the root, and the check says so.
    return [];
  }
}

/**
 * The whole list that a seal is over.
 * @throws {AppError} what DynamoDB answered
 */
export async function readSealedList(seal: Seal, requestId: string): Promise<SealedItem[]> {
  const parts = Array.from({ length: partsOf(seal.leaves) }, (_, part) =>
    readSealedPart(seal, part, requestId),
  );
  return (await Promise.all(parts)).flat();
}

const context = (operation: string, requestId: string) => ({
  operation,
  requestId,
  maxRetries: env.MAX_RETRIES,
});
