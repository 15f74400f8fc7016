import { createHash } from 'node:crypto';
import {
  type AssignmentEvent,
  type AuditEvent,
  assignmentEventSchema,
  type BatchEvent,
  batchEventSchema,
} from '@/lib/shared/audit-event';

/** Lanes per hour: events of one hour spread over this many partitions. */
const SHARDS = 4;

/** Every partition in which events of this hour ("2026-10-01T23") lie. */
export const hourLanes = (hour: string) =>
  Array.from({ length: SHARDS }, (_, shard) => hourLane(hour, shard));

const hourLane = (hour: string, shard: number) => `A#${hour}#${shard}`;

type AuditEventItem = AuditEvent & { lane: string; eventKey: string; resourceKey: string };

/**
 * Completes an event with its keys. All of them follow from the event itself, so writing the same event again meets
 * the first one instead of adding another.
 */
export function toAuditItem(event: AuditEvent): AuditEventItem {
  const shard = createHash('sha256').update(event.eventId).digest().readUInt8(0) % SHARDS;
  return {
    ...event,
    lane: hourLane(event.time.slice(0, 13), shard),
    eventKey: `${event.time}#${event.eventId}`,
    resourceKey: keyOf(event.resource),
  };
}

function keyOf(resource: AuditEvent['resource']): string {
  switch (resource.kind) {
    case 'assignment':
      return resourceKey(resource.assignmentId);
    case 'batch':
      return batchResourceKey(resource.batchId);
    case 'failed_item':
      return failedItemResourceKey(resource.id);
    case 'invariant':
      return `invariant#${resource.invariant}#${resource.target}`;
  }
}

/** The index key under which all events of one assignment lie. */
export function resourceKey(assignmentId: string): string {
  return `assignment#${assignmentId}`;
}

/** The index key under which all events of one batch lie. */
export function batchResourceKey(batchId: string): string {
  return `batch#${batchId}`;
}

/** The index key under which all events of one failed item lie. */
export function failedItemResourceKey(id: string): string {
  return `failed_item#${id}`;
}

/** Parses a stored event of an assignment. */
export function toAssignmentEvent(item: Record<string, unknown>): AssignmentEvent {
  return assignmentEventSchema.parse(item);
}

/** Parses a stored event of a batch. */
export function toBatchEvent(item: Record<string, unknown>): BatchEvent {
  return batchEventSchema.parse(item);
}
