import { randomUUID } from 'node:crypto';
import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { courseCounter, instructorCounter } from '@/lib/server/assignments/counters';
import { type PendingAssignment, toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { assignmentEvent, auditValue } from '@/lib/server/audit-log/assignment-event';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { type CounterChange, sendCounted, type Write } from '@/lib/server/batches/run/counted-transaction';
import { env } from '@/lib/server/env';
import { type Assignment, CONTENT_FIELDS } from '@/lib/shared/assignment';
import type { AssignmentEvent } from '@/lib/shared/audit-event';
import type { Author } from '@/lib/shared/session';

type Deleting = { author: Author; requestId: string; reason: string };

/**
 * Takes an assignment away if it is still as it was read, in one transaction with its audit event, with the events that
 * were still to be written, and with the counters, which go down only where it had been counted.
 * @param item as stored
 * @throws {AppError} CONDITIONAL_FAILED where it is not as read any more, or what DynamoDB answered; nothing has happened
 *   then, unless only the answer was lost
 */
export async function deleteAssignment(item: Record<string, unknown>, deleting: Deleting): Promise<void> {
  const assignment = toAssignment(item);
  const pending = toPendingAssignment(item);
  const events = [...pending.pendingEvents, deletionEvent(assignment, deleting)];
  const writes = await Promise.all(events.map((event) => eventWrites(event, deleting.requestId)));
  await sendCounted(
    [deletion(assignment, pending), ...writes.flat()],
    counterChanges(pending),
    // One token per call: another attempt has another time in its event, so it is another transaction.
    { operation: 'deleteAssignment', requestId: deleting.requestId, token: randomUUID() },
  );
}

/** The event keeps what was deleted, as far as events keep texts. */
function deletionEvent(assignment: Assignment, { author, requestId, reason }: Deleting): AssignmentEvent {
  const event = assignmentEvent({
    action: 'DELETE_ASSIGNMENT',
    author,
    requestId,
    time: new Date().toISOString(),
    after: assignment,
  });
  const changes = CONTENT_FIELDS.map((field) => [
    field,
    { before: auditValue(assignment[field]), after: null },
  ]);
  return { ...event, changes: Object.fromEntries(changes), reason };
}

function deletion({ assignmentId, version }: Assignment, pending: PendingAssignment): Write {
  const { pendingEffects, pendingEvents } = pending;
  const isPending = pendingEffects.size > 0;
  const hasEvents = pendingEvents.length > 0;
  return {
    Delete: {
      TableName: env.ASSIGNMENTS_TABLE,
      Key: { assignmentId },
      ConditionExpression: [
        '#version = :version',
        isPending ? 'pendingEffects = :pending' : 'attribute_not_exists(pendingEffects)',
        ...(hasEvents ? ['size(pendingEvents) = :events'] : []),
      ].join(' AND '),
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: {
        ':version': version,
        ...(isPending ? { ':pending': pendingEffects } : {}),
        ...(hasEvents ? { ':events': pendingEvents.length } : {}),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function counterChanges({ courseId, createdBy, pendingEffects }: PendingAssignment): CounterChange[] {
  return [
    ...(pendingEffects.has('course') ? [] : [{ counter: courseCounter(courseId), count: -1 }]),
    ...(pendingEffects.has('instructor') ? [] : [{ counter: instructorCounter(createdBy.id), count: -1 }]),
  ];
}
