import * as z from 'zod';
import { keyOfResource } from '@/lib/server/audit-log/audit-event-item';
import { AUDIT_ACTIONS, type AuditResource, auditActorSchema } from '@/lib/shared/audit-event';
import type { AuditFilter } from '@/lib/shared/audit-log';

/** Reads what the writer has parsed: the shape of a resource follows from its kind. */
const resourceSchema = z.custom<AuditResource>(
  (value) => typeof value === 'object' && value !== null && 'kind' in value,
);

const common = {
  lane: z.string(),
  eventKey: z.string(),
  timeKey: z.string().optional(),
  actor: auditActorSchema,
  requestId: z.string(),
  time: z.string(),
  ttl: z.number(),
};

const eventItemSchema = z.object({
  ...common,
  eventId: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  outcome: z.enum(['success', 'failure']),
  resource: resourceSchema,
  ingestedAt: z.string().optional(),
  code: z.string().nullish(),
  reason: z.string().nullish(),
  batch: z.object({ batchId: z.string(), rowNumber: z.int() }).optional(),
  bulkId: z.string().nullish(),
  state: z.string().optional(),
  counts: z.record(z.string(), z.int()).optional(),
  rows: z.int().nullish(),
});

const segmentItemSchema = z.object({
  ...common,
  action: z.enum(['CREATE_ASSIGNMENT', 'DELETE_ASSIGNMENT']),
  batchId: z.string(),
  sourceBatchId: z.string(),
  ingestedAt: z.string(),
  timeKey: z.string(),
  events: z.int(),
});

/** What an index says of a single event. */
export type EventItem = z.infer<typeof eventItemSchema> & { kind: 'event' };

/** What an index says of a segment: many rows of a batch. */
export type SegmentSummary = z.infer<typeof segmentItemSchema> & { kind: 'segment' };

export type SummaryItem = EventItem | SegmentSummary;

/** The attributes that are read where an index does not choose them. */
export const SUMMARY_ATTRIBUTES = [
  ...Object.keys(eventItemSchema.shape),
  ...Object.keys(segmentItemSchema.shape).filter((name) => !(name in eventItemSchema.shape)),
];

/** Parses what an index or a lane holds; undefined for what is neither. */
export function toSummary(item: Record<string, unknown>): SummaryItem | undefined {
  if ('eventId' in item) return { kind: 'event', ...eventItemSchema.parse(item) };
  if ('events' in item) return { kind: 'segment', ...segmentItemSchema.parse(item) };
  return undefined;
}

/** What everything is sorted by: the instant, and what makes it unique. */
export function sortKey({ timeKey, eventKey }: Pick<SummaryItem, 'timeKey' | 'eventKey'>): string {
  return timeKey ?? eventKey;
}

/** Events that an item stands for. */
export function eventsIn(item: SummaryItem): number {
  return item.kind === 'segment' ? item.events : 1;
}

/** The filter without its times, which queries bound by key. */
export type Conditions = Omit<AuditFilter, 'from' | 'to'>;

/** Whether an item is one of those that are asked for, and not past its time. Rows of a segment share all that is asked. */
export function matches(item: SummaryItem, filter: Conditions, nowSeconds: number): boolean {
  if (item.ttl <= nowSeconds) return false;
  if (filter.actor !== undefined && item.actor.id !== filter.actor) return false;
  if (filter.action && !filter.action.some((action) => action === item.action)) return false;
  if (filter.requestId !== undefined && item.requestId !== filter.requestId) return false;
  return item.kind === 'segment' ? segmentMatches(item, filter) : eventMatches(item, filter);
}

function segmentMatches(item: SegmentSummary, filter: Conditions): boolean {
  if (filter.code !== undefined || filter.outcome === 'failure' || filter.resource !== undefined)
    return false;
  return filter.batchId === undefined || item.batchId === filter.batchId;
}

function eventMatches(item: EventItem, filter: Conditions): boolean {
  if (filter.code !== undefined && item.code !== filter.code) return false;
  if (filter.outcome !== undefined && item.outcome !== filter.outcome) return false;
  if (filter.resource !== undefined && keyOfResource(item.resource) !== resourceKeyOf(filter.resource)) {
    return false;
  }
  return filter.batchId === undefined || batchOf(item) === filter.batchId;
}

/** "assignment:asg_1" as the key of its index. */
export function resourceKeyOf(resource: string): string {
  return resource.replace(':', '#');
}

function batchOf({ resource, batch, bulkId }: EventItem): string | undefined {
  if (resource.kind === 'batch') return resource.batchId;
  return batch?.batchId ?? bulkId ?? undefined;
}
