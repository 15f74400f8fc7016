import * as z from 'zod';
import { keysOfIndex } from '@/lib/server/audit-log/gaps/keys-of-index';
import { type Pending, pendingOf } from '@/lib/server/audit-log/gaps/pending-events';
import { PENDING_EVENTS } from '@/lib/server/consistency/run/run-item';
import { env } from '@/lib/server/env';

const waitingSchema = z.object({ event: z.object({ time: z.string() }) });

/**
 * Events that belong to no item of their own, and wait in a list.
 * @throws {AppError} what DynamoDB answered
 */
export async function pendingAlone(requestId: string): Promise<Pending> {
  const { keys: items, hasMore } = await keysOfIndex(
    {
      TableName: env.CONSISTENCY_TABLE,
      KeyConditionExpression: 'runId = :pending',
      ExpressionAttributeValues: { ':pending': PENDING_EVENTS },
      ConsistentRead: true,
    },
    requestId,
  );
  const events = items.map((item) => waitingSchema.parse(item).event);
  return { ...pendingOf(events), isAtLeast: hasMore };
}
