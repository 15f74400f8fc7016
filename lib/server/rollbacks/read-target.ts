import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { resourceKey, toAssignmentEvent } from '@/lib/server/audit-log/audit-event-item';
import { listEvents } from '@/lib/server/audit-log/list-events';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { TargetFacts } from '@/lib/server/rollbacks/plan-target';
import type { AssignmentEvent } from '@/lib/shared/audit-event';

const PAGE_SIZE = 50;

const tokenSchema = z.object({ changeToken: z.string().optional() });

/** `changeToken` names the last change, also where its event is still to be written. */
export type Target = TargetFacts & {
  item: Record<string, unknown> | undefined;
  changeToken?: string | undefined;
};

/**
 * Reads an assignment as it is at this moment, and its events since `from` with those that are still to be written.
 * @throws {AppError} what DynamoDB answered
 */
export async function readTarget(assignmentId: string, from: string, requestId: string): Promise<Target> {
  const item = await readAssignmentItem(assignmentId, requestId);
  const written = await eventsSince(assignmentId, from, requestId);
  if (!item) return { item, current: undefined, history: written };
  const pending = toPendingAssignment(item).pendingEvents.filter(({ time }) => time >= from);
  return {
    item,
    current: toAssignment(item),
    history: newestFirst([...pending, ...written]),
    ...tokenSchema.parse(item),
  };
}

/**
 * The stored item of an assignment, or undefined.
 * @throws {AppError} what DynamoDB answered
 */
export async function readAssignmentItem(
  assignmentId: string,
  requestId: string,
): Promise<Record<string, unknown> | undefined> {
  const command = new GetCommand({
    TableName: env.ASSIGNMENTS_TABLE,
    Key: { assignmentId },
    ConsistentRead: true,
  });
  const context = { operation: 'readTarget', requestId, maxRetries: env.MAX_RETRIES };
  return (await withRetry(() => documentClient.send(command), context)).Item;
}

async function eventsSince(assignmentId: string, from: string, requestId: string) {
  const events: AssignmentEvent[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listEvents(
      resourceKey(assignmentId),
      { cursor: cursor ?? undefined, limit: PAGE_SIZE, requestId },
      toAssignmentEvent,
    );
    const since = page.items.filter(({ time }) => time >= from);
    events.push(...since);
    cursor = since.length === page.items.length ? page.cursor : null;
  } while (cursor);
  return newestFirst(events);
}

/** Changes of one millisecond come in the order of their versions; a deletion has the version of what it deleted. */
function newestFirst(events: AssignmentEvent[]): AssignmentEvent[] {
  const rank = ({ action, assignmentVersion }: AssignmentEvent) =>
    assignmentVersion * 2 + (action === 'DELETE_ASSIGNMENT' ? 1 : 0);
  // A pending event may have been written between the two reads: then it is here twice.
  const unique = [...new Map(events.map((event) => [event.eventId, event])).values()];
  return unique.sort((a, b) => compareText(b.time, a.time) || rank(b) - rank(a));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
