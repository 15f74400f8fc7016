import { beforeAll, describe, expect, it } from 'vitest';
import { forgetShardPlan, type ShardPlan, writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { auditHistogram } from '@/lib/server/audit-log/read/audit-histogram';
import { countAuditLog } from '@/lib/server/audit-log/read/count-audit-log';
import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { walkAuditLog } from '@/lib/server/audit-log/read/walk-audit-log';
import { batchWrite } from '@/lib/server/batch-write';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import { type AuditEntry, type AuditFilter, auditListQuerySchema } from '@/lib/shared/audit-log';
import { auditRef } from '@/lib/shared/audit-ref';
import { anEventAt, aSegment, BATCH_IDS, inTime, late } from '@/tests/support/audit-events';
import { createRandom } from '@/tests/support/random';

const random = createRandom(5);
const now = hourOf(new Date().toISOString());
const FIRST_HOUR = hoursAfter(now, -14);
const plan: ShardPlan = { firstHour: FIRST_HOUR, steps: [{ from: hoursAfter(now, -6), shards: 7 }] };

type Segment = Awaited<ReturnType<typeof aSegment>>;

const events: AuditEvent[] = [];
const segments: Segment[] = [];

const store = (items: Record<string, unknown>[]) =>
  batchWrite(
    env.AUDIT_TABLE,
    items.map((Item) => ({ PutRequest: { Item } })),
    { operation: 'test', requestId: newRequestId() },
  );

/** Instants that meet each other, and the edges of hours. */
function anInstant(): string {
  const hour = hoursAfter(FIRST_HOUR, Math.floor(random.next() ** 2 * 14));
  const start = Date.parse(hourStart(hour));
  const offset = random.chance(0.2) ? (random.chance(0.5) ? 0 : 3_599_999) : random.between(0, 40) * 90_000;
  return new Date(Math.min(start + offset, Date.now() - 60_000)).toISOString();
}

beforeAll(async () => {
  await writeShardPlan(plan, newRequestId());
  const items: Record<string, unknown>[] = [];
  for (let at = 0; at < 260; at++) {
    const event = anEventAt(anInstant(), random);
    events.push(event);
    items.push(
      ...(random.chance(0.08) ? late(event, plan, new Date().toISOString()) : [inTime(event, plan)]),
    );
  }
  for (let at = 0; at < 12; at++) {
    const batchId = BATCH_IDS[at % BATCH_IDS.length] ?? '';
    const segment = await aSegment({
      batchId,
      firstRow: 2 + at * 10,
      rows: 5,
      writtenAt: anInstant(),
      random,
    });
    segments.push(segment);
    items.push(segment);
  }
  // What is past its time is not there any more, whether or not DynamoDB has deleted it.
  const expired = { ...anEventAt(anInstant(), random), ttl: Math.floor(Date.now() / 1000) - 1 };
  items.push(inTime(expired, plan));
  await store(items);
  forgetShardPlan();
});

/** The same question, answered by looking at everything. */
function expectedOf(filter: AuditFilter) {
  const within = (time: string) =>
    (filter.from === undefined || time >= filter.from) && (filter.to === undefined || time <= filter.to);
  const batchOf = (event: AuditEvent) => {
    if (event.resource.kind === 'batch') return event.resource.batchId;
    if ('batch' in event && event.batch) return event.batch.batchId;
    return 'bulkId' in event ? event.bulkId : null;
  };
  const nameOf = ({ resource }: AuditEvent) => {
    if (resource.kind === 'assignment') return `assignment:${resource.assignmentId}`;
    if (resource.kind === 'batch') return `batch:${resource.batchId}`;
    if (resource.kind === 'failed_item') return `failed_item:${resource.id}`;
    return resource.kind === 'user' ? `user:${resource.userId}` : 'other';
  };
  const refs = events
    .filter(
      (event) =>
        within(event.time) &&
        (filter.actor === undefined || event.actor.id === filter.actor) &&
        (filter.action === undefined || filter.action.includes(event.action)) &&
        (filter.requestId === undefined || event.requestId === filter.requestId) &&
        (filter.outcome === undefined || event.outcome === filter.outcome) &&
        (filter.code === undefined || ('code' in event && event.code === filter.code)) &&
        (filter.batchId === undefined || batchOf(event) === filter.batchId) &&
        (filter.resource === undefined || nameOf(event) === filter.resource),
    )
    .map(({ time, eventId }) => auditRef({ kind: 'single', time, eventId }));
  const rows: Record<string, number> = {};
  for (const { batchId, actor, requestId, ingestedAt, events: count } of segments) {
    const isAsked =
      within(ingestedAt) &&
      (filter.actor === undefined || actor.id === filter.actor) &&
      (filter.action === undefined || filter.action.includes('CREATE_ASSIGNMENT')) &&
      (filter.requestId === undefined || requestId === filter.requestId) &&
      filter.outcome !== 'failure' &&
      filter.code === undefined &&
      filter.resource === undefined &&
      (filter.batchId === undefined || batchId === filter.batchId);
    if (isAsked) rows[batchId] = (rows[batchId] ?? 0) + count;
  }
  return { refs: refs.sort(), rows };
}

/** All pages of a filter; in between, new events arrive. */
async function readAll(filter: AuditFilter, order: 'newest' | 'oldest', limit: number) {
  const items: AuditEntry[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 500; page++) {
    const { action, ...others } = filter;
    const query = auditListQuerySchema.parse({
      ...others,
      ...(action ? { action: action.join(',') } : {}),
      ...{ order, limit, cursor },
    });
    const answer = await listAuditLog(query, newRequestId());
    items.push(...answer.items);
    if (answer.cursor === null) return items;
    cursor = answer.cursor;
    if (page === 0) await store([inTime(anArrival(), plan)]);
  }
  throw new Error('The pages do not end');
}

function rowsOf(items: AuditEntry[]): Record<string, number> {
  const rows: Record<string, number> = {};
  for (const item of items) {
    if (item.kind === 'rows') rows[item.batchId] = (rows[item.batchId] ?? 0) + item.rows;
  }
  return rows;
}

/** Nothing arrives up to here any more. */
const LONG_AGO = new Date(Date.now() - 45_000).toISOString();

async function refsOf(
  filter: AuditFilter,
  { order = 'oldest', after }: { order?: 'newest' | 'oldest'; after?: string | undefined },
) {
  const refs: string[] = [];
  for await (const group of walkAuditLog(filter, { order, after, requestId: newRequestId() })) {
    refs.push(...group.map(({ ref }) => ref));
  }
  return refs;
}

const arrived = new Set<string>();

function anArrival(): AuditEvent {
  const event = anEventAt(new Date().toISOString(), random);
  arrived.add(auditRef({ kind: 'single', time: event.time, eventId: event.eventId }));
  return event;
}

const FIELDS = ['actor', 'action', 'resource', 'requestId', 'code', 'outcome', 'batchId', 'time'] as const;

/** The filter of one field that at least one event, drawn by chance, matches. */
function conditionOf(field: (typeof FIELDS)[number]): AuditFilter {
  const event = events[random.between(0, events.length - 1)];
  if (!event) throw new Error('There are no events');
  switch (field) {
    case 'actor':
      return { actor: event.actor.id };
    case 'action':
      return { action: [event.action, 'CREATE_ASSIGNMENT'] };
    case 'resource':
      return { resource: `assignment:asg_${random.between(0, 11)}` };
    case 'requestId':
      return { requestId: random.chance(0.3) ? `req_${BATCH_IDS[0]}` : event.requestId };
    case 'code':
      return { code: random.chance(0.5) ? 'THROTTLING' : 'UNAUTHENTICATED' };
    case 'outcome':
      return { outcome: random.chance(0.5) ? 'success' : 'failure' };
    case 'batchId':
      return { batchId: BATCH_IDS[random.between(0, 2)] ?? '' };
    case 'time': {
      const [from = '', to = ''] = [anInstant(), anInstant()].sort();
      return { from, to };
    }
  }
}

const PAIRS = FIELDS.flatMap((first, at) => [
  [first, first] as const,
  ...FIELDS.slice(at + 1).map((second) => [first, second] as const),
]);

describe('the reader beside an answer that looks at everything', () => {
  it.each(PAIRS)(
    'finds what matches %s and %s, each once and in order, while events arrive',
    async (...fields) => {
      const filter: AuditFilter = Object.assign({}, ...fields.map(conditionOf));
      for (const order of ['newest', 'oldest'] as const) {
        const items = await readAll(filter, order, [5, 20, 50][random.between(0, 2)] ?? 5);

        const singles = items.flatMap((item) => (item.kind === 'event' ? [item] : []));
        const times = singles.map(({ time }) => time);
        expect(times).toEqual([...times].sort((a, b) => (order === 'oldest' ? 1 : -1) * a.localeCompare(b)));
        const refs = singles.map(({ ref }) => ref);
        expect(new Set(refs).size).toBe(refs.length);
        const expected = expectedOf(filter);
        expect(refs.filter((ref) => !arrived.has(ref)).sort()).toEqual(expected.refs);
        expect(rowsOf(items)).toEqual(expected.rows);
      }
    },
  );

  it('lists everything where nothing is asked for, and says that it is all', async () => {
    const to = new Date(Date.now() - 30_000).toISOString();
    const query = auditListQuerySchema.parse({ to, limit: 100, from: hourStart(FIRST_HOUR) });
    const items = await readAll({ to }, 'newest', 100);

    const known = expectedOf({ to });
    expect(items.flatMap((item) => (item.kind === 'event' ? [item.ref] : [])).sort()).toEqual(known.refs);
    const { estimate } = await listAuditLog({ ...query, requestId: 'req_3' }, newRequestId());
    expect(estimate).toEqual({ count: expectedOf({ to, requestId: 'req_3' }).refs.length, isExact: true });
  });

  it.each(PAIRS.filter((_, at) => at % 4 === 0))(
    'walks and counts what matches %s and %s',
    async (...fields) => {
      const filter: AuditFilter = Object.assign({ to: LONG_AGO }, ...fields.map(conditionOf));
      const expected = expectedOf(filter);
      const rows = Object.values(expected.rows).reduce((sum, count) => sum + count, 0);

      const walked = await refsOf(filter, {});

      expect(walked.filter((ref) => !ref.startsWith('batch_')).sort()).toEqual(expected.refs);
      expect(walked.length).toBe(expected.refs.length + rows);
      expect(await countAuditLog(filter, newRequestId())).toBe(walked.length);
      const histogram = await auditHistogram({ ...filter, bars: 20 }, newRequestId());
      expect(histogram).toMatchObject({ isExact: true, total: walked.length });
      expect(histogram.bars.length).toBeLessThanOrEqual(20);
    },
  );

  it('goes on behind any event, also in the middle of the rows of a segment', async () => {
    const filter = { to: LONG_AGO, action: ['CREATE_ASSIGNMENT' as const] };
    for (const order of ['newest', 'oldest'] as const) {
      const whole = await refsOf(filter, { order });
      for (const cut of [0, 3, Math.floor(whole.length / 2), whole.length - 1]) {
        expect(await refsOf(filter, { order, after: whole[cut] })).toEqual(whole.slice(cut + 1));
      }
    }
  });

  it('shows addresses and emails masked', async () => {
    const page = await listAuditLog(
      auditListQuerySchema.parse({ action: 'SIGN_IN', actor: 'user_ada' }),
      newRequestId(),
    );

    expect(JSON.stringify(page.items)).not.toMatch(/192\.168\.4\.7|ada\.min@/);
    expect(page.items[0]).toMatchObject({
      actor: { ip: '192.168.•.•' },
      resource: { email: 'a•••@example.edu' },
    });
  });

  it('refuses a cursor that is not its own', async () => {
    const query = auditListQuerySchema.parse({ cursor: 'nonsense' });

    await expect(listAuditLog(query, newRequestId())).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});
