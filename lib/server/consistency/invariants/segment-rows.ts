import { expandSegment, segmentKey, segmentLane } from '@/lib/server/audit-log/segment';
import { queryStored } from '@/lib/server/consistency/read-stored';
import { env } from '@/lib/server/env';
import type { AssignmentAction, AssignmentEvent } from '@/lib/shared/audit-event';

type Range = { batchId: string; firstRow: number; lastRow: number; action: AssignmentAction };

/** The events of this kind that the segments of a batch hold of these rows. A segment begins with one of its rows. */
export async function segmentEvents(
  { batchId, firstRow, lastRow, action }: Range,
  requestId: string,
): Promise<AssignmentEvent[]> {
  const query = {
    TableName: env.AUDIT_TABLE,
    KeyConditionExpression: 'lane = :lane AND eventKey BETWEEN :first AND :last',
    ExpressionAttributeValues: {
      ':lane': segmentLane(batchId),
      ':first': segmentKey(firstRow),
      ':last': segmentKey(lastRow),
    },
    ConsistentRead: true,
  };
  const events: AssignmentEvent[] = [];
  for await (const items of queryStored(query, requestId)) {
    for (const item of items) events.push(...(await expandSegment(item)));
  }
  return events.filter((event) => event.action === action);
}
