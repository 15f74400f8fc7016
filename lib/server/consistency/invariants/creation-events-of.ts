import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import { auditKeyOf, resourceKey } from '@/lib/server/audit-log/audit-event-item';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { queryStored, readStored } from '@/lib/server/consistency/read-stored';
import { env } from '@/lib/server/env';
import type { Assignment } from '@/lib/shared/assignment';
import type { AssignmentAction } from '@/lib/shared/audit-event';

/** How many events of this kind an assignment has by itself, besides those in segments of batches. */
export async function eventsOfAction(
  assignmentId: string,
  action: AssignmentAction,
  requestId: string,
): Promise<number> {
  const query = {
    TableName: env.AUDIT_TABLE,
    IndexName: 'byResource',
    KeyConditionExpression: 'resourceKey = :resource',
    FilterExpression: '#action = :action',
    ExpressionAttributeNames: { '#action': 'action' },
    ExpressionAttributeValues: { ':resource': resourceKey(assignmentId), ':action': action },
  };
  let events = 0;
  for await (const items of queryStored(query, requestId)) events += items.length;
  return events;
}

/** How many creation events an assignment has by itself. */
export function creationEvents(
  { assignmentId }: { assignmentId: string },
  requestId: string,
): Promise<number> {
  return eventsOfAction(assignmentId, 'CREATE_ASSIGNMENT', requestId);
}

/** Whether the creation event lies where it must: its key follows from the assignment, so this reading is consistent. */
export async function hasCreationEvent(assignment: Assignment, requestId: string): Promise<boolean> {
  const { lane, eventKey } = auditKeyOf(creationEvent(assignment), await readShardPlan(requestId));
  return (await readStored(env.AUDIT_TABLE, { lane, eventKey }, requestId)) !== undefined;
}
