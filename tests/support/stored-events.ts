import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { type AuditEvent, auditEventSchema } from '@/lib/shared/audit-event';

/** Every single event of one thing (`user#user_1`), each read as the product reads it. */
export async function eventsOfResource(resourceKey: string): Promise<AuditEvent[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.AUDIT_TABLE,
      IndexName: 'byResource',
      KeyConditionExpression: 'resourceKey = :resource',
      ExpressionAttributeValues: { ':resource': resourceKey },
    }),
  );
  return Items.map((item) => auditEventSchema.parse(item));
}

/** Every stored item of a partition of the audit table. */
export async function laneItems(lane: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.AUDIT_TABLE,
      KeyConditionExpression: 'lane = :lane',
      ExpressionAttributeValues: { ':lane': lane },
      ConsistentRead: true,
    }),
  );
  return Items;
}
