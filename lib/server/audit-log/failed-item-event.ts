import { auditValue } from '@/lib/server/audit-log/assignment-event';
import { auditActor } from '@/lib/server/audit-log/audit-actor';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { eventTtl } from '@/lib/server/audit-log/retention';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';
import { CONTENT_FIELDS, type NewAssignment } from '@/lib/shared/assignment';
import type {
  AuditAuthor,
  AuditChange,
  FailedItemEvent,
  FailedItemEventAction,
} from '@/lib/shared/audit-event';

type EventOf = {
  action: FailedItemEventAction;
  /** The item before the action, and what it becomes. */
  before: FailedItemItem;
  after: Partial<FailedItemItem>;
  author: AuditAuthor;
  requestId: string;
  /** The instant of the action, ISO. */
  time: string;
  reason?: string | null;
  /** Of an attempt that failed. */
  code?: string | null;
  bulkId: string | null;
};

/** The audit event of one action on one failed item. Its id follows from request, action, item and version (kept for a year). */
export function failedItemEvent({ action, before, after, author, ...event }: EventOf): FailedItemEvent {
  const { id, version, courseId, title, assignmentId } = before;
  return {
    schemaVersion: 1,
    eventId: eventIdOf(event.requestId, action, id, String(version)),
    action,
    outcome: event.code ? 'failure' : 'success',
    actor: auditActor(author),
    resource: { kind: 'failed_item', id, courseId, title, assignmentId: after.assignmentId ?? assignmentId },
    changes: {
      ...(after.state && after.state !== before.state
        ? { state: { before: before.state, after: after.state } }
        : {}),
      ...(before.payload && after.payload ? payloadChanges(before.payload, after.payload) : {}),
    },
    reason: event.reason ?? null,
    code: event.code ?? null,
    bulkId: event.bulkId,
    time: event.time,
    requestId: event.requestId,
    ttl: eventTtl(action, event.time),
  };
}

function payloadChanges(before: NewAssignment, after: NewAssignment): Record<string, AuditChange> {
  return Object.fromEntries(
    CONTENT_FIELDS.filter((field) => before[field] !== after[field]).map((field) => [
      field,
      { before: auditValue(before[field]), after: auditValue(after[field]) },
    ]),
  );
}
