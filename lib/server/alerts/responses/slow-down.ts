import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { placeOf, RESPONSE_LANE } from '@/lib/server/alerts/alert-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

const place = placeOf(RESPONSE_LANE, 'SLOW_DOWN');

/** Share of their rate that batches keep while they are slowed down. */
export const SLOW_FACTOR = 0.5;

/** It is renewed each round, so batches are not slow for long after nobody renews it any more. */
const HOLDS_MS = 60_000;

const slowDownSchema = z.object({ factor: z.number().positive().max(1), until: z.string() });

const contextOf = (operation: string, requestId: string) => ({
  ...{ operation, requestId, maxRetries: env.MAX_RETRIES },
});

/** Tells the governors of all processes to slow batches down, for the next minute. */
export async function slowDown(requestId: string): Promise<void> {
  const until = new Date(Date.now() + HOLDS_MS).toISOString();
  const { TableName, Key } = place;
  const command = new PutCommand({ TableName, Item: { ...Key, factor: SLOW_FACTOR, until } });
  await withRetry(() => documentClient.send(command), contextOf('slowDown', requestId));
}

/** Lets batches have their whole rate again. */
export async function endSlowDown(requestId: string): Promise<void> {
  await withRetry(() => documentClient.send(new DeleteCommand(place)), contextOf('endSlowDown', requestId));
}

/**
 * What governors multiply the rate of batches with at this moment: 1 unless a response slows them down.
 * @throws {AppError} what DynamoDB answered
 */
export async function readSlowDown(requestId: string): Promise<number> {
  const send = () => documentClient.send(new GetCommand(place));
  const { Item } = await withRetry(send, contextOf('readSlowDown', requestId));
  const slow = Item && slowDownSchema.parse(Item);
  return slow && slow.until > new Date().toISOString() ? slow.factor : 1;
}
