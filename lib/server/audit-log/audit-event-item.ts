import { createHash } from 'node:crypto';
import { type ShardPlan, shardsAt } from '@/lib/server/audit-log/lanes/shard-plan';
import {
  type AssignmentEvent,
  type AuditEvent,
  type AuditResource,
  assignmentEventSchema,
  type BatchEvent,
  batchEventSchema,
} from '@/lib/shared/audit-event';
import { hourOf } from '@/lib/shared/audit-hour';

/** Every partition in which events of this hour ("2026-10-01T23") lie. */
export const hourLanes = (hour: string, plan: Pick<ShardPlan, 'steps'>) =>
  Array.from({ length: shardsAt(plan, hour) }, (_, shard) => hourLane(hour, shard));

const hourLane = (hour: string, shard: number) => `A#${hour}#${shard}`;

/** Failures of one day spread over this many partitions of their index. */
const ERROR_SHARDS = 4;

/** Every partition of the index of failures for this day ("2026-10-01"). */
export const errorDays = (day: string) =>
  Array.from({ length: ERROR_SHARDS }, (_, shard) => `${day}#${shard}`);

/** The partition of the index of actors for what somebody did in this month ("2026-10"). */
export const actorMonth = (actorId: string, month: string) => `${actorId}#${month}`;

/** Where an event lies. Both keys follow from its time and id. */
export function auditKeyOf(
  { time, eventId }: Pick<AuditEvent, 'time' | 'eventId'>,
  plan: Pick<ShardPlan, 'steps'>,
): { lane: string; eventKey: string } {
  const hour = hourOf(time);
  return {
    lane: hourLane(hour, shardOf(eventId, shardsAt(plan, hour))),
    eventKey: `${time}#${eventId}`,
  };
}

/** Before anybody planned lanes. */
const NO_STEPS = { steps: [] };

/**
 * Completes an event with its keys. All of them follow from the event itself and the plan of lanes, so writing the same
 * event again meets the first one instead of adding another.
 * @param ingestedAt when it is written, ISO
 */
export function toAuditItem(
  event: AuditEvent,
  plan: Pick<ShardPlan, 'steps'> = NO_STEPS,
  ingestedAt: string = new Date().toISOString(),
) {
  const { time, eventId, actor, resource, outcome } = event;
  const { lane, eventKey } = auditKeyOf(event, plan);
  const batchKey = batchOf(event);
  return {
    ...event,
    ingestedAt,
    lane,
    eventKey,
    timeKey: eventKey,
    resourceKey: keyOfResource(resource),
    actorMonth: actorMonth(actor.id, time.slice(0, 7)),
    ...(batchKey === undefined ? {} : { batchKey }),
    ...(outcome === 'failure' ? { errorDay: `${time.slice(0, 10)}#${shardOf(eventId, ERROR_SHARDS)}` } : {}),
  };
}

function shardOf(eventId: string, shards: number): number {
  return createHash('sha256').update(eventId).digest().readUInt32BE(0) % shards;
}

/** The batch that an event belongs to: its own, that of its row, or the one that did it with others. */
function batchOf(event: AuditEvent): string | undefined {
  if (event.resource.kind === 'batch') return event.resource.batchId;
  if ('batch' in event && event.batch) return event.batch.batchId;
  return 'bulkId' in event && event.bulkId !== null ? event.bulkId : undefined;
}

/** The index key under which all events of one thing lie: its kind and its id. */
export function keyOfResource(resource: AuditResource): string {
  return `${resource.kind}#${idOfResource(resource)}`;
}

/** The id of what an event is about, within its kind. */
export function idOfResource(resource: AuditResource): string {
  switch (resource.kind) {
    case 'assignment':
      return resource.assignmentId;
    case 'batch':
      return resource.batchId;
    case 'failed_item':
      return resource.id;
    case 'invariant':
      return `${resource.invariant}#${resource.target}`;
    case 'user':
      return resource.userId ?? unknownUser(resource.email);
    case 'export':
    case 'setting':
      return resource.name;
    case 'audit_event':
      return resource.ref;
    case 'check':
      return resource.runId;
  }
}

/** Emails are no keys: whoever reads an index would read them. */
function unknownUser(email: string): string {
  return `email-${createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 16)}`;
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
