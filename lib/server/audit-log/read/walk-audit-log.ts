import { unlimited } from '@/lib/server/audit-log/read/merge-partitions';
import { planRead } from '@/lib/server/audit-log/read/plan-read';
import { readRow } from '@/lib/server/audit-log/read/row-of-assignment';
import { type SummaryItem, sortKey } from '@/lib/server/audit-log/read/summary-item';
import { walkSummaries } from '@/lib/server/audit-log/read/walk-summaries';
import { expandSegment } from '@/lib/server/audit-log/segment';
import { batchGet } from '@/lib/server/batch-get';
import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';
import { type AuditEvent, auditEventSchema } from '@/lib/shared/audit-event';
import type { AuditFilter } from '@/lib/shared/audit-log';
import { auditRef, auditRefSchema } from '@/lib/shared/audit-ref';

export type WalkedEvent = { ref: string; event: AuditEvent };

type Walk = {
  order: 'newest' | 'oldest';
  /** The reference of an event: goes on behind it. */
  after?: string | undefined;
  requestId: string;
};

/** BatchGetItem takes at most 100 keys; whole items are read in such groups. */
const AT_ONCE = 100;

/**
 * All events that match, whole and each by itself, in groups: for what takes as long as it takes, in memory that does not grow
 * with their number. Rows of a segment follow each other.
 * @throws {AppError} VALIDATION_ERROR for an `after` that is no event, or what DynamoDB answered
 */
export async function* walkAuditLog(
  filter: AuditFilter,
  { order, after, requestId }: Walk,
): AsyncGenerator<WalkedEvent[]> {
  const start = after === undefined ? undefined : await startBehind(after, requestId);
  const plan = await planRead(filter, requestId);
  const walk = walkSummaries({
    ...{ plan, filter, order, budget: unlimited(), perQuery: 500, requestId },
    after: start?.key,
    isAfterIncluded: start?.row !== undefined,
  });
  let group: SummaryItem[] = [];
  for await (const item of walk) {
    group.push(item);
    if (group.length < AT_ONCE) continue;
    yield behind(await complete(group, order, requestId), start);
    group = [];
  }
  if (group.length > 0) yield behind(await complete(group, order, requestId), start);
}

type Start = { key: string; row: string | undefined };

async function startBehind(ref: string, requestId: string): Promise<Start> {
  const at = auditRefSchema.safeParse(ref);
  if (at.success && at.data.kind === 'single') {
    return { key: `${at.data.time}#${at.data.eventId}`, row: undefined };
  }
  const row = at.success && at.data.kind === 'row' ? await readRow(at.data, requestId) : undefined;
  if (row) return { key: sortKey({ eventKey: '', timeKey: String(row.segment.timeKey) }), row: ref };
  const message = 'There is no such event to go on behind: take the reference from the last whole line';
  throw new AppError('VALIDATION_ERROR', message, { fields: [{ field: 'after', message, value: ref }] });
}

/** The rows of the segment in which an earlier walk ended come again: those up to its last one are left out. */
function behind(events: WalkedEvent[], start: Start | undefined): WalkedEvent[] {
  const at = start?.row === undefined ? -1 : events.findIndex(({ ref }) => ref === start.row);
  return events.slice(at + 1);
}

async function complete(
  group: SummaryItem[],
  order: Walk['order'],
  requestId: string,
): Promise<WalkedEvent[]> {
  const rows = group.filter((item) => item.kind === 'event' && item.lane.startsWith('S#'));
  const keys = group.filter((item) => !rows.includes(item)).map(({ lane, eventKey }) => ({ lane, eventKey }));
  const stored = await batchGet(env.AUDIT_TABLE, keys, { operation: 'walkAuditLog', requestId });
  const byKey = new Map(stored.map((item) => [`${item.lane}|${item.eventKey}`, item]));
  const events: WalkedEvent[] = [];
  for (const item of group) {
    const whole = byKey.get(`${item.lane}|${item.eventKey}`);
    if (whole) events.push(...(await eventsOf(item, whole, order)));
    else if (rows.includes(item)) events.push(...(await eventOfRow(item, requestId)));
  }
  return events;
}

async function eventsOf(
  item: SummaryItem,
  whole: Record<string, unknown>,
  order: Walk['order'],
): Promise<WalkedEvent[]> {
  if (item.kind === 'event') {
    const event = auditEventSchema.parse(whole);
    const ref = auditRef({ kind: 'single', time: event.time, eventId: event.eventId });
    return [{ ref, event }];
  }
  const rows = (await expandSegment(whole)).map((event) => ({
    ref: auditRef({ kind: 'row', batchId: item.batchId, rowNumber: event.batch?.rowNumber ?? 0 }),
    event,
  }));
  return order === 'newest' ? rows.reverse() : rows;
}

/** One row of a segment that was asked for by its assignment. */
async function eventOfRow(item: SummaryItem, requestId: string): Promise<WalkedEvent[]> {
  if (item.kind !== 'event' || !item.batch) return [];
  const at = { batchId: item.lane.slice(2), rowNumber: item.batch.rowNumber };
  const row = await readRow(at, requestId);
  return row ? [{ ref: auditRef({ kind: 'row', ...at }), event: row.event }] : [];
}
