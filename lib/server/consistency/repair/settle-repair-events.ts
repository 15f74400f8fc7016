import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { queryStored } from '@/lib/server/consistency/read-stored';
import { PENDING_EVENTS, runPlace } from '@/lib/server/consistency/run/run-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { repairEventSchema } from '@/lib/shared/audit-event';

/**
 * Writes the events of repairs that the audit table has refused so far. Their keys follow from themselves, so writing one
 * twice is writing it once.
 * @throws what DynamoDB answered; what is left stays listed
 */
export async function settleRepairEvents(requestId: string): Promise<void> {
  const query = {
    TableName: env.CONSISTENCY_TABLE,
    KeyConditionExpression: 'runId = :pending',
    ExpressionAttributeValues: { ':pending': PENDING_EVENTS },
    ConsistentRead: true,
  };
  for await (const items of queryStored(query, requestId)) {
    for (const { part, event } of items) {
      const Item = toAuditItem(repairEventSchema.parse(event));
      await documentClient.send(new PutCommand({ TableName: env.AUDIT_TABLE, Item }));
      await documentClient.send(new DeleteCommand(runPlace(PENDING_EVENTS, String(part))));
    }
  }
}
