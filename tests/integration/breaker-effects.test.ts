import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as createRoute } from '@/app/api/assignments/route';
import { GET, POST } from '@/app/api/breakers/route';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { breakers, gateOf } from '@/lib/server/breakers/breakers';
import { FIRST_WAIT_MS } from '@/lib/server/breakers/standing';
import { syncBreakers } from '@/lib/server/breakers/sync-breakers';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { failureSchema } from '@/lib/shared/api';
import { breakersSchema } from '@/lib/shared/breaker';
import { aReadyBatch, batchOf, chunkOf, failedItemsOf, numbersOf, runBatch } from '@/tests/support/batches';
import { forgetBreakers, openBreaker } from '@/tests/support/breakers';
import { aCourse, assignmentsOf, eventsOf } from '@/tests/support/factories';
import { itemOf } from '@/tests/support/failed-items';
import { beforeCall, countCalls, failCalls } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';
import { aNewAssignment } from '@/tests/support/new-assignment';
import { cookieOf } from '@/tests/support/session';
import { eventsOfResource } from '@/tests/support/stored-events';

const ASSIGNMENTS = env.ASSIGNMENTS_TABLE;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  await forgetBreakers();
});

afterEach(() => {
  vi.useRealTimers();
});

const context = { params: Promise.resolve({}) };

const jsonRequest = (path: string, cookie: string, body?: unknown) =>
  new Request(`http://127.0.0.1${path}`, {
    headers: { cookie, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });

async function aForm() {
  const courseId = await aCourse();
  const { cookie } = await cookieOf('instructor', [courseId]);
  const send = () =>
    createRoute(jsonRequest('/api/assignments', cookie, aNewAssignment({ courseId })), context);
  return { courseId, send };
}

const detailsOf = async (response: Response) => failureSchema.parse(await response.json()).details;

async function probedOut(): Promise<void> {
  vi.setSystemTime(Date.now() + FIRST_WAIT_MS);
  await syncBreakers(breakers, { nowMs: Date.now(), requestId: newRequestId() });
}

describe('a create that meets an open breaker', () => {
  it('is answered 503 at once with the seconds to wait, and its form is listed', async () => {
    expectErrorLogs();
    const { courseId, send } = await aForm();
    openBreaker(ASSIGNMENTS);
    const sent = countCalls({ table: ASSIGNMENTS, command: 'TransactWriteItems' });

    const response = await send();

    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe(String(FIRST_WAIT_MS / 1000));
    const { code, error, failedItemId = '' } = await detailsOf(response);
    expect({ code, error }).toEqual({
      code: 'THROTTLING',
      error: expect.stringMatching(/breaker of table .*ASSIGNMENTS_TABLE.* is open since .*of .* writes/),
    });
    expect(sent.calls()).toBe(0);
    expect(await itemOf(failedItemId)).toMatchObject({ state: 'open', courseId, code: 'THROTTLING' });
  });

  it('is created again once the probes have passed', async () => {
    const { courseId, send } = await aForm();
    openBreaker(ASSIGNMENTS);

    await probedOut();

    expect((await send()).status).toBe(201);
    expect(await assignmentsOf(courseId)).toHaveLength(1);
  });

  it('is created without its event where only the audit table is left alone, and the event follows', async () => {
    const { courseId, send } = await aForm();
    openBreaker(env.AUDIT_TABLE);

    expect((await send()).status).toBe(201);
    await effectsApplied();
    const [assignment] = await assignmentsOf(courseId);
    const assignmentId = String(assignment?.assignmentId);
    expect(await eventsOf(assignmentId)).toEqual([]);

    await probedOut();
    await sweepEffects('9999', newRequestId());
    expect(await eventsOf(assignmentId)).toHaveLength(1);
  });
});

describe('a batch that meets an open breaker', () => {
  const look = (batchId: string) =>
    lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });

  it('waits and says why, takes no chunk, and goes on when it is closed', async () => {
    const batch = await aReadyBatch({ chunks: [30] });
    openBreaker(ASSIGNMENTS);

    await runBatch(batch);

    expect(await numbersOf(batch.batchId)).toMatchObject({
      state: 'running',
      created: 0,
      failed: 0,
      waiting: 30,
    });
    const { problem } = await batchOf(batch.batchId);
    expect(problem).toMatchObject({ code: 'THROTTLING', message: expect.stringContaining('is open since') });
    expect(await chunkOf(batch.batchId)).toMatchObject({ attempts: 0 });

    await probedOut();
    await look(batch.batchId);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', created: 30, failed: 0 });
  });

  it('in the middle of a chunk fails no row and creates each one once', async () => {
    const batch = await aReadyBatch({ chunks: [60, 60] });
    beforeCall(async () => openBreaker(ASSIGNMENTS), { command: 'BatchWriteItem', table: ASSIGNMENTS });

    await runBatch(batch);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'running', failed: 0 });

    await probedOut();
    await look(batch.batchId);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', created: 120, failed: 0 });
    expect(await failedItemsOf(batch.batchId)).toEqual([]);
    expect(await assignmentsOf(batch.courseId)).toHaveLength(120);
  });
});

describe('/api/breakers', () => {
  const until = () => new Date(Date.now() + 3_600_000).toISOString();

  async function answer(response: Response) {
    const { success, data } = await response.json();
    expect(success).toBe(true);
    return breakersSchema.parse(data);
  }

  const change = (cookie: string, body: unknown) => POST(jsonRequest('/api/breakers', cookie, body), context);

  it('lets operators hold a breaker and let it go, with an event each', async () => {
    const { cookie, userId } = await cookieOf('ops');
    const table = env.COURSES_TABLE;

    const held = await answer(
      await change(cookie, { table, override: 'open', reason: 'Moving the table', until: until() }),
    );
    expect(held.breakers.find((breaker) => breaker.table === table)).toMatchObject({
      ...{ state: 'open', variable: 'COURSES_TABLE', nextProbeAt: null },
      override: { state: 'open', reason: 'Moving the table', by: 'Ada' },
    });

    const released = await answer(await change(cookie, { table, override: null, reason: 'Moved' }));
    expect(released.history).toMatchObject([
      { table, from: 'closed', to: 'open', reason: 'Moving the table', by: 'Ada' },
      { table, from: 'open', to: 'open', reason: 'Moved', by: 'Ada' },
    ]);
    const events = await eventsOfResource(`setting#breaker ${table}`);
    expect(events.map(({ action, actor }) => `${action} ${actor.id}`).sort()).toEqual([
      `END_BREAKER_OVERRIDE ${userId}`,
      `OVERRIDE_BREAKER ${userId}`,
    ]);
  });

  it('probes what was held open as soon as it is let go', async () => {
    const { cookie } = await cookieOf('admin');
    const table = env.COURSES_TABLE;
    await change(cookie, { table, override: 'open', reason: 'Moving', until: until() });
    await change(cookie, { table, override: null, reason: 'Moved' });

    await syncBreakers(breakers, { nowMs: Date.now(), requestId: newRequestId() });

    expect(gateOf(breakers, table, Date.now()).standing.state).toBe('closed');
  });

  it.each([
    ['longer than a day', { override: 'open', reason: 'Test', until: '2199-01-01T00:00:00Z' }, 400, 'until'],
    [
      'for a time that is over',
      { override: 'open', reason: 'Test', until: '2001-01-01T00:00:00Z' },
      400,
      'until',
    ],
    ['without a reason', { override: null, reason: ' ' }, 400, 'reason'],
    ['of a table without a breaker', { table: 'Nobody', override: null, reason: 'Test' }, 400, 'table'],
    ['that is not on', { override: null, reason: 'Test' }, 409, undefined],
  ])('refuses an override %s', async (_, body, status, field) => {
    const { cookie } = await cookieOf('ops');

    const response = await change(cookie, { table: env.USERS_TABLE, ...body });

    expect(response.status).toBe(status);
    expect((await detailsOf(response)).fields?.[0]?.field).toBe(field);
  });

  it('shows instructors where breakers stand, and lets them change none', async () => {
    const { cookie } = await cookieOf('instructor');

    const seen = await answer(await GET(jsonRequest('/api/breakers', cookie), context));
    expect(seen.breakers.every(({ state }) => state === 'closed')).toBe(true);

    const body = { table: env.USERS_TABLE, override: 'open', reason: 'Test', until: until() };
    expect((await change(cookie, body)).status).toBe(403);
  });

  it('answers what this process knows while the store is down', async () => {
    const { cookie } = await cookieOf('ops');
    openBreaker(ASSIGNMENTS);
    failCalls('ResourceNotFoundException', { table: env.METRICS_TABLE });

    const seen = await answer(await GET(jsonRequest('/api/breakers', cookie), context));

    expect(seen.storeProblem).toContain('METRICS_TABLE');
    expect(seen.breakers.find(({ table }) => table === ASSIGNMENTS)).toMatchObject({
      state: 'open',
      counts: { unanswered: 21 },
      nextProbeAt: expect.any(String),
    });
  });
});
