import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as download } from '@/app/api/audit-log/export/route';
import { forgetShardPlan, type ShardPlan, writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { walkAuditLog } from '@/lib/server/audit-log/read/walk-audit-log';
import { verifyExport } from '@/lib/server/audit-log/seals/verify-export';
import { batchWrite } from '@/lib/server/batch-write';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import { exportManifestSchema } from '@/lib/shared/audit-log';
import { anEventAt, aSegment, inTime } from '@/tests/support/audit-events';
import { failCalls } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';
import { createRandom } from '@/tests/support/random';
import { cookieOf } from '@/tests/support/session';

const random = createRandom(17);
const FIRST_HOUR = hoursAfter(hourOf(new Date().toISOString()), -4);
const plan: ShardPlan = { firstHour: FIRST_HOUR, steps: [] };
const SPAN = { from: hourStart(FIRST_HOUR), to: hourStart(hoursAfter(FIRST_HOUR, 3)) };
const SINGLE = 90;
const IN_SEGMENT = 130;
const NASTY = '=HYPERLINK("http://example.org";"x"), \n"second line"';
const SIGN_IN_FROM = '203.0.113.77';
const TYPED = 'somebody.real@example.edu';

const instant = () => new Date(Date.parse(SPAN.from) + random.between(0, 10_000_000)).toISOString();

let cookie = '';
let userId = '';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-export-'));
  ({ cookie, userId } = await cookieOf('auditor'));
  await writeShardPlan(plan, newRequestId());
  const drawn = Array.from({ length: SINGLE - 2 }, () => anEventAt(instant(), random));
  const items = [...drawn, aNastyEvent(), aSignIn()].map((event) => inTime(event, plan));
  const segment = { batchId: 'batch_one', firstRow: 2, rows: IN_SEGMENT, writtenAt: instant(), random };
  await batchWrite(
    env.AUDIT_TABLE,
    [...items, await aSegment(segment)].map((Item) => ({ PutRequest: { Item } })),
    { operation: 'test', requestId: newRequestId() },
  );
  forgetShardPlan();
});

afterAll(() => rm(folder, { recursive: true }));

const named = (name: string) => {
  const time = instant();
  return {
    ...{ schemaVersion: 1 as const, time, requestId: 'req_1', ttl: Math.floor(Date.now() / 1000) + 9999 },
    eventId: createHash('sha256').update(name).digest('hex').slice(0, 32),
  };
};

function aNastyEvent(): AuditEvent {
  return {
    ...named('nasty'),
    ...{ action: 'UPDATE_ASSIGNMENT', outcome: 'success', changes: {}, assignmentVersion: 2 },
    actor: { id: 'user_ada', role: 'admin', department: '+Registry' },
    resource: { kind: 'assignment', assignmentId: 'asg_1', courseId: 'C1', title: NASTY, type: 'essay' },
    reason: '@reason',
  };
}

function aSignIn(): AuditEvent {
  return {
    ...named('sign-in'),
    ...{ action: 'SIGN_IN', outcome: 'failure', code: 'UNAUTHENTICATED' },
    actor: { id: 'anonymous', role: 'anonymous', department: '', ip: SIGN_IN_FROM },
    resource: { kind: 'user', userId: null, email: TYPED },
  };
}

function answerTo(query: Record<string, string>, as = cookie): Promise<Response> {
  const address = `http://127.0.0.1/api/audit-log/export?${new URLSearchParams({ ...SPAN, ...query })}`;
  return download(new Request(address, { headers: { cookie: as } }), { params: Promise.resolve({}) });
}

const exported = async (query: Record<string, string>) => (await answerTo(query)).text();

/** The lines of an export and its manifest; the cells of CSV may have line ends of their own, but no CR. */
function partsOf(text: string, format: string) {
  const end = format === 'csv' ? '\r\n' : '\n';
  const lines = text.split(end).slice(0, -1);
  const last = lines.pop() ?? '';
  const [[, cell] = []]: string[][] = format === 'csv' ? parse(last) : [];
  const manifest = exportManifestSchema.parse(JSON.parse(cell ?? last).manifest);
  return { body: lines.map((line) => line + end).join(''), lines, manifest, end };
}

const refOf = (line: string, format: string): string =>
  format === 'csv' ? (line.split(',')[0] ?? '') : JSON.parse(line).ref;

async function verified(text: string) {
  const file = path.join(folder, 'export');
  await writeFile(file, text);
  return (await verifyExport(file)).problems;
}

describe.each(['csv', 'ndjson'])('an export of the audit trail as %s', (format) => {
  it('has every event once, as many as were planned, and a manifest that fits its bytes', async () => {
    const text = await exported({ format });

    const { body, lines, manifest } = partsOf(text, format);
    const refs = lines.slice(format === 'csv' ? 1 : 0).map((line) => refOf(line, format));
    const walked: string[] = [];
    for await (const group of walkAuditLog(SPAN, { order: 'oldest', requestId: newRequestId() })) {
      walked.push(...group.map(({ ref }) => ref));
    }
    expect(refs).toEqual(walked);
    expect(new Set(refs).size).toBe(SINGLE + IN_SEGMENT);
    expect(manifest).toMatchObject({ format, rows: SINGLE + IN_SEGMENT, filter: SPAN });
    expect(manifest.sha256).toBe(createHash('sha256').update(body).digest('hex'));
    expect(await verified(text)).toEqual([]);
  });

  it.each(['oldest', 'newest'])(
    'goes on where it was cut off, to the same bytes (%s first)',
    async (order) => {
      const whole = await exported({ format, order });
      const { body, end } = partsOf(whole, format);

      for (let cuts = 0; cuts < 2; cuts++) {
        const cut = Buffer.from(whole)
          .subarray(0, random.between(400, Buffer.byteLength(body)))
          .toString();
        const kept = cut.slice(0, cut.lastIndexOf(end) + end.length);
        const after = refOf(kept.slice(0, -end.length).split(end).at(-1) ?? '', format);

        const joined = kept + (await exported({ format, order, after }));

        expect(partsOf(joined, format).body).toBe(body);
        expect(await verified(joined)).toEqual([]);
      }
    },
  );

  it('shows no clear personal data', async () => {
    const text = await exported({ format });

    expect(text).toContain('203.0.•.•');
    expect(text).not.toContain(SIGN_IN_FROM);
    expect(text).not.toContain(TYPED);
    expect(text).not.toContain('192.168.4.7');
  });

  it('is found out where one byte of it was changed, or a line is missing', async () => {
    const text = await exported({ format, action: 'SIGN_IN' });
    const { lines, end } = partsOf(text, format);

    expect(await verified(text.replace('SIGN_IN', 'SIGN_OUT'))).toHaveLength(1);
    expect(await verified(text.replace(`${lines[1]}${end}`, ''))).toHaveLength(2);
    expect(await verified(text.slice(0, -20))).toHaveLength(1);
  });
});

describe('downloading the audit trail', () => {
  it('gives a spreadsheet nothing to run', async () => {
    const rows: string[][] = parse(await exported({ format: 'csv' }), { relaxColumnCount: true });

    const cells = rows.flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toEqual(expect.arrayContaining([`'${NASTY}`, "'@reason", "'+Registry"]));
  });

  it('is itself one event of the trail, with its filter and its rows', async () => {
    const query = { format: 'ndjson', action: 'SIGN_IN', outcome: 'failure' };
    const { manifest } = partsOf(await exported(query), 'ndjson');

    const events: AuditEvent[] = [];
    const filter = { actor: userId, action: ['EXPORT_AUDIT_LOG' as const] };
    for await (const group of walkAuditLog(filter, { order: 'newest', requestId: newRequestId() })) {
      events.push(...group.map(({ event }) => event));
    }
    const ofThis = events.filter(
      (event) => event.resource.kind === 'export' && event.resource.filter.outcome === 'failure',
    );
    expect(ofThis).toMatchObject([{ rows: manifest.rows, resource: { filter: { ...SPAN, ...query } } }]);
  });

  it('is refused to whoever may only read it', async () => {
    const { cookie: ops } = await cookieOf('ops');

    expect((await answerTo({}, ops)).status).toBe(403);
  });

  it('is refused before its first byte where it should go on behind something that is no event', async () => {
    const answer = await answerTo({ after: 'batch_one.99999' });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ details: { fields: [{ field: 'after' }] } });
  });

  it('breaks off without a manifest where it should go on behind an event that it does not have', async () => {
    expectErrorLogs();
    const answer = await answerTo({ action: 'SIGN_IN', after: 'batch_one.5' });

    await expect(answer.text()).rejects.toThrow();
  });

  it('breaks off without a manifest where the table fails in the middle', async () => {
    expectErrorLogs();
    const answer = await answerTo({ format: 'ndjson' });
    const isOver = failCalls('ResourceNotFoundException', { command: 'BatchGetItem' });

    await expect(answer.text()).rejects.toThrow();
    isOver();
  });
});
