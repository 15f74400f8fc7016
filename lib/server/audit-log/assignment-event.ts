import { createHash } from 'node:crypto';
import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { eventTtl } from '@/lib/server/audit-log/retention';
import { type Assignment, CONTENT_FIELDS } from '@/lib/shared/assignment';
import type {
  AssignmentAction,
  AssignmentEvent,
  AuditAuthor,
  AuditChange,
  AuditValue,
} from '@/lib/shared/audit-event';

/** Texts up to this length are kept whole on each side of a change. */
const EXCERPT_LENGTH = 500;

type EventOf = {
  action: AssignmentAction;
  author: AuditAuthor;
  requestId: string;
  /** The instant of the change, ISO. */
  time: string;
  before?: Assignment;
  after: Assignment;
};

/** The audit event of one change of an assignment. Its id follows from request, action and target (S4: kept for a year). */
export function assignmentEvent({
  action,
  author,
  requestId,
  time,
  before,
  after,
}: EventOf): AssignmentEvent {
  const { assignmentId, courseId, title, type, version } = after;
  return {
    schemaVersion: 1,
    eventId: assignmentEventId({ requestId, action, assignmentId }),
    action,
    outcome: 'success',
    actor: auditActor(author),
    resource: { kind: 'assignment', assignmentId, courseId, title, type },
    changes: changesOf(before, after),
    assignmentVersion: version,
    time,
    requestId,
    ttl: eventTtl(action, time),
  };
}

type EventName = { requestId: string; action: AssignmentAction; assignmentId: string };

/** The id of an event: the same change has the same one, however often it is written. */
export function assignmentEventId({ requestId, action, assignmentId }: EventName): string {
  return eventIdOf(requestId, action, assignmentId);
}

/** The CREATE_ASSIGNMENT event of an assignment as it was created; that of a row names its batch. */
export function creationEvent(assignment: Assignment): AssignmentEvent {
  const { createdBy: author, createdAt: time, requestId, batchId, rowNumber } = assignment;
  const event = assignmentEvent({ action: 'CREATE_ASSIGNMENT', author, requestId, time, after: assignment });
  return batchId === undefined || rowNumber === undefined
    ? event
    : { ...event, batch: { batchId, rowNumber } };
}

function changesOf(before: Assignment | undefined, after: Assignment): Record<string, AuditChange> {
  const changed = CONTENT_FIELDS.filter((field) => !before || before[field] !== after[field]);
  return Object.fromEntries(
    changed.map((field) => [
      field,
      { ...(before ? { before: auditValue(before[field]) } : {}), after: auditValue(after[field]) },
    ]),
  );
}

/** A value as an event keeps it: long texts as an excerpt with length and hash. */
export function auditValue(value: string | number | null): AuditValue {
  if (typeof value !== 'string' || value.length <= EXCERPT_LENGTH) return value;
  return {
    excerpt: value.slice(0, EXCERPT_LENGTH).toWellFormed(),
    length: value.length,
    sha256: createHash('sha256').update(value).digest('hex'),
  };
}
