import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { documentClient } from '@/lib/server/dynamodb';
import type { AuditEvent } from '@/lib/shared/audit-event';

/**
 * Puts an event into the trail by itself, without waiting for another attempt. Nothing happens where it is there already.
 * @throws what DynamoDB answered; a refused condition means that somebody else has just put a late one there
 */
export async function writeEvent(event: AuditEvent, requestId: string): Promise<void> {
  const writes = await eventWrites(event, requestId);
  if (writes.length > 0) await documentClient.send(new TransactWriteCommand({ TransactItems: writes }));
}
