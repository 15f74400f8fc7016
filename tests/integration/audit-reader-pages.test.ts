import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { forgetShardPlan, writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { tallies } from '@/lib/server/audit-log/read/count-audit-log';
import { countByDirectory } from '@/lib/server/audit-log/read/count-by-directory';
import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { listSegmentRows } from '@/lib/server/audit-log/read/list-segment-rows';
import { unlimited } from '@/lib/server/audit-log/read/merge-partitions';
import { planRead } from '@/lib/server/audit-log/read/plan-read';
import { readAuditEvent } from '@/lib/server/audit-log/read/read-audit-event';
import { sortKey } from '@/lib/server/audit-log/read/summary-item';
import { walkSummaries } from '@/lib/server/audit-log/read/walk-summaries';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import { type AuditFilter, auditListQuerySchema } from '@/lib/shared/audit-log';
import type { HourCounts } from '@/lib/shared/audit-seal';
import { aSegment, inTime } from '@/tests/support/audit-events';
import { anAssignment, anInstructor } from '@/tests/support/factories';
import { createRandom } from '@/tests/support/random';

const DAY_MS = 24 * 60 * 60 * 1000;
const plan = {
  firstHour: hoursAfter(hourOf(new Date().toISOString()), -70 * 24),
  steps: [{ from: '2000-01-01T00', shards: 8 }],
};

const put = (TableName: string, Item: Record<string, unknown>) =>
  documentClient.send(new PutCommand({ TableName, Item }));

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

function anEvent(action: 'SIGN_IN' | 'SIGN_OUT', outcome: 'success' | 'failure', time: string): AuditEvent {
  return {
    ...{ schemaVersion: 1, eventId: randomUUID().replaceAll('-', ''), action, outcome },
    ...{ code: outcome === 'failure' ? 'UNAUTHENTICATED' : null, time, requestId: newRequestId() },
    actor: { id: 'user_months', role: 'ops', department: 'IT' },
    resource: { kind: 'user', userId: 'user_months', email: 'olga@example.edu' },
    ttl: Math.floor(Date.parse(time) / 1000) + 365 * 24 * 60 * 60,
  };
}

const aFailedSignIn = (time: string) => anEvent('SIGN_IN', 'failure', time);

const storedKeys: string[] = [];

beforeAll(async () => {
  await writeShardPlan(plan, newRequestId());
  forgetShardPlan();
  for (const days of [1, 2, 32, 33, 34, 62, 65]) {
    const item = inTime(aFailedSignIn(daysAgo(days)), plan);
    storedKeys.push(String(item.eventKey));
    await put(env.AUDIT_TABLE, item);
  }
});

/** All keys that a filter finds when each piece may read only so many items, as pages do. */
async function keysInPieces(filter: AuditFilter, order: 'newest' | 'oldest', mostRead: number) {
  const requestId = newRequestId();
  const readPlan = await planRead(filter, requestId);
  const keys: string[] = [];
  let after: string | undefined;
  for (let piece = 0; piece < 100; piece++) {
    const budget = { read: 0, mostRead, endsAt: Number.POSITIVE_INFINITY };
    const walk = walkSummaries({ plan: readPlan, filter, order, after, budget, perQuery: 2, requestId });
    let next = await walk.next();
    for (; !next.done; next = await walk.next()) keys.push(sortKey(next.value));
    if (!next.value) return keys;
    after = next.value.stoppedAt;
  }
  throw new Error('The pieces do not end');
}

describe('a page that stops because it has read enough', () => {
  it.each([
    ['an actor over months', { actor: 'user_months' }],
    ['failures over days', { outcome: 'failure' as const }],
  ])('goes on where it stopped: %s, nothing twice and nothing left out', async (_, filter) => {
    for (const mostRead of [1, 2, 3, 5]) {
      const newest = await keysInPieces(filter, 'newest', mostRead);
      expect(newest).toEqual([...storedKeys].sort().reverse());
      expect(await keysInPieces(filter, 'oldest', mostRead)).toEqual([...storedKeys].sort());
    }
  });
});

describe('a page over many lanes that stops because it has read enough', () => {
  it('leaves out nothing that one lane had read further than another', async () => {
    const hour = hoursAfter(hourOf(new Date().toISOString()), -5);
    const wanted: string[] = [];
    for (let at = 0; at < 80; at++) {
      const time = new Date(Date.parse(hourStart(hour)) + at * 40_000).toISOString();
      // Rare in some lanes, so that these run dry while others hold what comes next.
      const action = at % 3 === 0 ? 'SIGN_OUT' : 'SIGN_IN';
      const item = inTime(anEvent(action, 'success', time), plan);
      if (action === 'SIGN_OUT') wanted.push(String(item.eventKey));
      await put(env.AUDIT_TABLE, item);
    }
    const filter: AuditFilter = { action: ['SIGN_OUT'], from: hourStart(hour), to: `${hour}:59:59.999Z` };
    for (const mostRead of [1, 9, 25]) {
      expect(await keysInPieces(filter, 'oldest', mostRead)).toEqual(wanted);
      expect(await keysInPieces(filter, 'newest', mostRead)).toEqual([...wanted].reverse());
    }
  });
});

describe('what is past its time', () => {
  it('is not counted by the seal of its hour', async () => {
    const hour = hoursAfter(hourOf(new Date().toISOString()), -400 * 24);
    const counts: HourCounts = {
      ...{ events: 5, failures: 0, items: 5, segments: 0 },
      ...{ actions: { START_CHECK: 5 }, codes: {} },
    };
    const whole = {
      ...(await planRead({}, newRequestId())),
      ...{ from: hourStart(hour), to: `${hour}:59:59.999Z` },
      directory: { counts: new Map([[hour, counts]]), late: new Map(), openFrom: hoursAfter(hour, 1) },
    };

    let counted = 0;
    const walk = tallies(whole, {}, { budget: unlimited(), requestId: newRequestId() });
    for await (const { count } of walk) counted += count;

    expect(counted).toBe(0);
    expect(countByDirectory(whole, {}).isExact).toBe(false);
  });

  it('is not shown among the rows of a batch', async () => {
    const batchId = `batch_${randomUUID()}`;
    const segment = await aSegment({
      ...{ batchId, firstRow: 2, rows: 3, writtenAt: daysAgo(3), random: createRandom(1) },
    });
    const query = { action: 'CREATE_ASSIGNMENT' as const, limit: 25 };
    await put(env.AUDIT_TABLE, segment);
    expect((await listSegmentRows(batchId, query, newRequestId())).items).toHaveLength(3);

    await put(env.AUDIT_TABLE, { ...segment, ttl: Math.floor(Date.now() / 1000) - 1 });

    expect((await listSegmentRows(batchId, query, newRequestId())).items).toEqual([]);
  });
});

describe('one event', () => {
  it('is found also where a process that did not know the newest plan of lanes wrote it', async () => {
    const event = aFailedSignIn(daysAgo(5));
    const [known, other] = [inTime(event, plan), inTime(event, { ...plan, steps: [] })];
    const lanes = Array.from({ length: 8 }, (_, at) => `A#${hourOf(event.time)}#${at}`);
    const lane = other.lane === known.lane ? lanes.find((name) => name !== known.lane) : other.lane;
    await put(env.AUDIT_TABLE, { ...other, lane });

    const actor = await anInstructor();
    const asking = { clear: false, reason: undefined, actor, requestId: newRequestId() };
    const at = { kind: 'single' as const, time: event.time, eventId: event.eventId };
    const detail = await readAuditEvent(at, asking);

    expect(detail.event.eventId).toBe(event.eventId);
  });

  it('shows its stored record only where that tells nothing that is masked', async () => {
    const actor = await anInstructor();
    const asking = { clear: false, reason: undefined, actor, requestId: newRequestId() };
    const event = aFailedSignIn(daysAgo(6));
    const resource = { kind: 'check' as const, runId: 'check_1' };
    const check = { ...event, action: 'START_CHECK' as const, outcome: 'success' as const, resource };
    const plain: AuditEvent = { ...check, eventId: randomUUID().replaceAll('-', ''), trigger: 'person' };
    await put(env.AUDIT_TABLE, inTime(event, plan));
    await put(env.AUDIT_TABLE, inTime(plain, plan));

    const detailOf = ({ time, eventId }: AuditEvent) =>
      readAuditEvent({ kind: 'single', time, eventId }, asking);

    expect((await detailOf(event)).record).toBeNull();
    expect((await detailOf(plain)).record).toContain('"check_1"');
  });
});

describe('the history of an assignment that a batch created', () => {
  it('begins with the event of its row', async () => {
    const batchId = `batch_${randomUUID()}`;
    const segment = await aSegment({
      ...{ batchId, firstRow: 2, rows: 3, writtenAt: daysAgo(3), random: createRandom(2) },
    });
    await put(env.AUDIT_TABLE, segment);
    const rows = await listSegmentRows(batchId, { action: 'CREATE_ASSIGNMENT', limit: 2 }, newRequestId());
    const [, row] = rows.items;
    if (row?.resource.kind !== 'assignment') throw new Error('A row is about an assignment');
    const { assignmentId } = row.resource;
    await put(env.ASSIGNMENTS_TABLE, { ...anAssignment({ assignmentId, batchId, rowNumber: 3 }) });

    for (const order of ['newest', 'oldest']) {
      const query = auditListQuerySchema.parse({ resource: `assignment:${assignmentId}`, order });
      const { items } = await listAuditLog(query, newRequestId());
      expect(items).toMatchObject([{ kind: 'event', ref: `${batchId}.3`, resource: { assignmentId } }]);
    }
    const others = auditListQuerySchema.parse({ resource: `assignment:${assignmentId}`, actor: 'user_none' });
    expect((await listAuditLog(others, newRequestId())).items).toEqual([]);
  });
});
