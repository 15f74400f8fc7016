import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

/** Far enough away that it never comes: the first second of 2100. */
export const HELD_TTL = 4_102_444_800;

/** The one item that says whether a hold is on. */
export const holdPlace = { TableName: env.AUDIT_TABLE, Key: { lane: 'HOLD', eventKey: 'HOLD' } };

const holdItemSchema = z.object({
  isOn: z.boolean(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  /** Names this change of the hold, so that the walk of an earlier one stops. */
  changeId: z.string(),
  /** The walk through stored events: its first and last hour, and the next one; null once it is over. */
  firstHour: z.string(),
  lastHour: z.string(),
  nextHour: z.string().nullable(),
  leaseToken: z.string().optional(),
  leasedUntil: z.string().optional(),
});

export type HoldItem = z.infer<typeof holdItemSchema>;

/** Parses the stored state of the hold. */
export const toHoldItem = (item: Record<string, unknown>) => holdItemSchema.parse(item);

/**
 * The stored state of the hold; undefined where there has never been one.
 * @throws {AppError} what DynamoDB answered
 */
export async function readHoldItem(
  requestId: string,
  maxRetries = env.MAX_RETRIES,
): Promise<HoldItem | undefined> {
  const command = new GetCommand({ ...holdPlace, ConsistentRead: true });
  const { Item } = await withRetry(() => documentClient.send(command), {
    operation: 'readLegalHold',
    requestId,
    maxRetries,
  });
  return Item && toHoldItem(Item);
}
