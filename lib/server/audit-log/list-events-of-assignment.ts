import * as z from 'zod';
import { resourceKey, toAssignmentEvent } from '@/lib/server/audit-log/audit-event-item';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import { queryPage } from '@/lib/server/query-page';
import type { Page } from '@/lib/shared/api';
import type { AssignmentEvent } from '@/lib/shared/audit-event';

const cursorSchema = z.object({ lane: z.string(), eventKey: z.string() });

type PageOptions = { cursor?: string | undefined; limit: number; requestId: string };

/** Lists the audit events of one assignment, newest first, without those past their TTL: DynamoDB deletes late. */
export async function listEventsOfAssignment(
  assignmentId: string,
  { cursor, limit, requestId }: PageOptions,
): Promise<Page<AssignmentEvent>> {
  const resource = { resourceKey: resourceKey(assignmentId) };
  const now = Date.now() / 1000;
  const { items, lastItem } = await queryPage(
    {
      TableName: env.AUDIT_TABLE,
      IndexName: 'byResource',
      KeyConditionExpression: 'resourceKey = :resource',
      ExpressionAttributeValues: { ':resource': resource.resourceKey },
      ScanIndexForward: false,
      ...(cursor ? { ExclusiveStartKey: { ...resource, ...decodeCursor(cursor, cursorSchema) } } : {}),
    },
    { operation: 'listEventsOfAssignment', requestId, limit, keep: ({ ttl }) => Number(ttl) > now },
  );
  return {
    items: items.map(toAssignmentEvent),
    cursor: lastItem
      ? encodeCursor({ lane: String(lastItem.lane), eventKey: String(lastItem.eventKey) })
      : null,
  };
}
