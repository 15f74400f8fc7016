import { createHash } from 'node:crypto';
import { type AuditEvent, auditEventSchema } from '@/lib/shared/audit-event';

/** Lanes per hour: events of one hour spread over this many partitions. */
const SHARDS = 4;

type AuditEventItem = AuditEvent & { lane: string; eventKey: string; resourceKey: string };

/**
 * Completes an event with its keys. All of them follow from the event itself, so writing the same event again meets
 * the first one instead of adding another.
 */
export function toAuditItem(event: AuditEvent): AuditEventItem {
  const shard = createHash('sha256').update(event.eventId).digest().readUInt8(0) % SHARDS;
  return {
    ...event,
    lane: `A#${event.time.slice(0, 13)}#${shard}`,
    eventKey: `${event.time}#${event.eventId}`,
    resourceKey: resourceKey(event.resource.assignmentId),
  };
}

/** The index key under which all events of one assignment lie. */
export function resourceKey(assignmentId: string): string {
  return `assignment#${assignmentId}`;
}

/** Parses a stored item into the event. */
export function toAuditEvent(item: Record<string, unknown>): AuditEvent {
  return auditEventSchema.parse(item);
}
