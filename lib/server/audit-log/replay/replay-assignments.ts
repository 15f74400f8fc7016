import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { resourceKey, toAssignmentEvent } from '@/lib/server/audit-log/audit-event-item';
import { readSegmentEvent } from '@/lib/server/audit-log/read-segment-event';
import { type Difference, differencesOf, foldEvents } from '@/lib/server/audit-log/replay/fold-events';
import { paceCheck } from '@/lib/server/consistency/pace-check';
import { queryStored, readStored } from '@/lib/server/consistency/read-stored';
import { scanPiece } from '@/lib/server/consistency/scan-piece';
import { env } from '@/lib/server/env';
import type { Assignment } from '@/lib/shared/assignment';
import type { AssignmentEvent } from '@/lib/shared/audit-event';

export type Replayed = {
  assignmentId: string;
  events: number;
  /** Of them those that the audit table has not taken yet. */
  pending: number;
  differences: Difference[];
};

/** Assignments of which the events are read side by side. */
const AT_ONCE = 20;

/** Changes may come in between reading an assignment and its events: then it is looked at again. */
const MOST_LOOKS = 3;

/**
 * Folds the events of every assignment and compares with what is stored, while the product may run. It reads all assignments at
 * the pace of a consistency check, in memory that does not grow with them.
 * @throws {AppError} what DynamoDB answered
 */
export async function* replayAssignments(requestId: string): AsyncGenerator<Replayed> {
  let cursor: string | null = null;
  do {
    const piece: Awaited<ReturnType<typeof scanPiece>> = await scanPiece(
      { TableName: env.ASSIGNMENTS_TABLE, Limit: AT_ONCE },
      { cursor, segment: 0, segments: 1, requestId },
    );
    const replayed = await Promise.all(piece.items.map((item) => replay(item, requestId)));
    yield* replayed.flatMap((one) => one ?? []);
    cursor = piece.cursor;
    await paceCheck(piece.read);
  } while (cursor !== null);
}

async function replay(first: Record<string, unknown>, requestId: string): Promise<Replayed | undefined> {
  let item: Record<string, unknown> | undefined = first;
  for (let look = 1; item; look++) {
    const assignment = toAssignment(item);
    const pending = toPendingAssignment(item).pendingEvents;
    const written = await eventsOf(assignment, requestId);
    const ids = new Set(written.map(({ eventId }) => eventId));
    const events = [...written, ...pending.filter(({ eventId }) => !ids.has(eventId))];
    const differences = differencesOf(assignment, foldEvents(events));
    if (differences.length === 0 || look === MOST_LOOKS) {
      const { assignmentId } = assignment;
      return { assignmentId, events: events.length, pending: events.length - written.length, differences };
    }
    item = await readStored(env.ASSIGNMENTS_TABLE, { assignmentId: assignment.assignmentId }, requestId);
  }
  return undefined;
}

/** All events of an assignment, oldest first. The creation of a row lies in a segment of its batch, unless it was retried. */
async function eventsOf(
  { assignmentId, batchId, rowNumber }: Assignment,
  requestId: string,
): Promise<AssignmentEvent[]> {
  const query = {
    TableName: env.AUDIT_TABLE,
    IndexName: 'byResource',
    KeyConditionExpression: 'resourceKey = :resource',
    ExpressionAttributeValues: { ':resource': resourceKey(assignmentId) },
  };
  const events: AssignmentEvent[] = [];
  for await (const items of queryStored(query, requestId)) events.push(...items.map(toAssignmentEvent));
  if (batchId === undefined || rowNumber === undefined || events[0]?.action === 'CREATE_ASSIGNMENT') {
    return events;
  }
  const row = await readSegmentEvent({ batchId, rowNumber }, requestId);
  return row?.resource.assignmentId === assignmentId ? [row, ...events] : events;
}
