import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { FILE } from '@/lib/server/batches/batch-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';

/** How long the same file is recognised. */
const REMEMBERED_SECONDS = 30 * 24 * 60 * 60;

const markerSchema = z.object({
  acceptedAs: z.string(),
  fileName: z.string(),
  acceptedAt: z.string(),
  ttl: z.number(),
});

type Marker = z.infer<typeof markerSchema>;

const keyOf = (sha256: string) => ({ batchId: `SHA256#${sha256}`, part: FILE });

/** The put that remembers an accepted file; refused where it is remembered already, unless it comes `again`. */
export function fileMarkerPut(
  { sha256, acceptedAs, fileName, acceptedAt }: Omit<Marker, 'ttl'> & { sha256: string },
  again: boolean,
) {
  const now = Math.floor(Date.parse(acceptedAt) / 1000);
  const marker: Marker = { acceptedAs, fileName, acceptedAt, ttl: now + REMEMBERED_SECONDS };
  const condition = {
    ConditionExpression: 'attribute_not_exists(batchId) OR #ttl < :now',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':now': now },
  };
  return {
    TableName: env.BATCHES_TABLE,
    Item: { ...keyOf(sha256), ...marker },
    ...(again ? {} : condition),
  };
}

/**
 * Makes sure that this file was not accepted within the last 30 days.
 * @throws {AppError} CONDITIONAL_FAILED with the batch that it became
 */
export async function requireNewFile(sha256: string, requestId: string): Promise<void> {
  const command = new GetCommand({ TableName: env.BATCHES_TABLE, Key: keyOf(sha256), ConsistentRead: true });
  const context = { operation: 'acceptBatch', requestId, maxRetries: env.MAX_RETRIES };
  const { Item } = await withRetry(() => documentClient.send(command), context);
  const marker = Item && markerSchema.parse(Item);
  if (!marker || marker.ttl < Date.now() / 1000) return;
  const { acceptedAs: batchId, fileName, acceptedAt } = marker;
  const when = `${acceptedAt.slice(0, 16).replace('T', ' ')} UTC`;
  throw new AppError(
    'CONDITIONAL_FAILED',
    `The same file was accepted on ${when} as "${fileName}". Open that batch, or say that you want it again`,
    { errorClass: 'business', current: { batchId, fileName, acceptedAt } },
  );
}
