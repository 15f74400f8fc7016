import { describe, expect, it } from 'vitest';
import { GET as downloadRejected } from '@/app/api/batches/[batchId]/rejected.csv/route';
import { POST as saveMapping } from '@/app/api/batches/mappings/route';
import { POST as startCheck } from '@/app/api/consistency/route';
import { GET as downloadFailed } from '@/app/api/failed-items/file/route';
import { keyOfResource } from '@/lib/server/audit-log/audit-event-item';
import { listEventsOfBatch } from '@/lib/server/audit-log/list-events-of-batch';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { type AuditEvent, SYSTEM } from '@/lib/shared/audit-event';
import { aPerson, cookieFrom, PASSWORD, signIn, signOut } from '@/tests/support/auth-calls';
import { accepted } from '@/tests/support/batch-calls';
import { aReadyBatch, runBatch } from '@/tests/support/batches';
import { failCalls } from '@/tests/support/faults';
import { cookieOf } from '@/tests/support/session';
import { eventsOfResource } from '@/tests/support/stored-events';

const ADDRESS = { 'x-forwarded-for': '10.0.0.1, 192.0.2.7' };

const ofUser = (userId: string) => eventsOfResource(`user#${userId}`);
const ofEmail = (email: string) => eventsOfResource(keyOfResource({ kind: 'user', userId: null, email }));
const withAction = (events: AuditEvent[], action: string) =>
  events.filter((event) => event.action === action);

describe('signing in and out', () => {
  it('are one event each, in the same session and from the address that the proxy saw', async () => {
    const { email, userId } = await aPerson();

    const cookie = cookieFrom(await signIn({ email, password: PASSWORD }, ADDRESS));
    await signOut(cookie);

    const events = await ofUser(userId);
    const [came] = withAction(events, 'SIGN_IN');
    const [left] = withAction(events, 'SIGN_OUT');
    expect(events).toHaveLength(2);
    expect(came).toMatchObject({ outcome: 'success', actor: { id: userId, ip: '192.0.2.7' } });
    expect(left).toMatchObject({ outcome: 'success', actor: { id: userId } });
    expect(came?.actor.sessionId).toMatch(/^[0-9a-f]{16}$/);
    expect(left?.actor.sessionId).toBe(came?.actor.sessionId);
    expect(JSON.stringify(events)).not.toContain(cookie.split('=')[1]);
  });

  it('with a wrong password or an email that nobody has are the same failure, with the email as typed', async () => {
    const { email, userId } = await aPerson();
    const nobody = `nobody-${crypto.randomUUID()}@example.edu`;

    await signIn({ email, password: 'wrong password!' });
    await signIn({ email: nobody, password: 'wrong password!' });

    for (const typed of [email, nobody]) {
      expect(await ofEmail(typed)).toMatchObject([
        {
          ...{ action: 'SIGN_IN', outcome: 'failure', code: 'UNAUTHENTICATED' },
          actor: { id: 'anonymous', role: 'anonymous' },
          resource: { userId: null, email: typed },
        },
      ]);
    }
    expect(await ofUser(userId)).toEqual([]);
  });

  it('too often are one event for all refused tries of a minute', async () => {
    const { email } = await aPerson();
    // Enough for a refusal even if the turn of a minute lies between them.
    await Promise.all(Array.from({ length: 24 }, () => signIn({ email, password: 'wrong password!' })));

    const events = await ofEmail(email);
    const limited = events.filter((event) => 'code' in event && event.code === 'RATE_LIMITED');
    expect([1, 2]).toContain(limited.length);
  });

  it('answer the same while the audit table refuses', async () => {
    const { email } = await aPerson();
    failCalls('AccessDeniedException', { table: env.AUDIT_TABLE });

    const right = await signIn({ email, password: PASSWORD });
    const wrong = await signIn({ email, password: 'wrong password!' });

    expect([right.status, wrong.status]).toEqual([200, 401]);
  });
});

const at = (path: string, cookie: string, init: RequestInit = {}) =>
  new Request(`http://127.0.0.1${path}`, {
    ...init,
    headers: { cookie, 'content-type': 'application/json' },
  });

describe('exports, settings and checks', () => {
  it('EXPORT_FAILED_ITEMS and EXPORT_REJECTED_ROWS say who downloaded what', async () => {
    const { cookie, userId } = await cookieOf('admin');
    const { batchId } = await accepted({ cookie, file: 'courseId,title,type\nNONE,Essay,homework\n' });

    const failed = await downloadFailed(at(`/api/failed-items/file?state=open`, cookie), {
      params: Promise.resolve({}),
    });
    const rejected = await downloadRejected(at('/api/any', cookie), { params: Promise.resolve({ batchId }) });

    expect([failed.status, rejected.status]).toEqual([200, 200]);
    expect(await eventsOfResource('export#failed-items')).toMatchObject([
      { action: 'EXPORT_FAILED_ITEMS', actor: { id: userId }, resource: { filter: { state: 'open' } } },
    ]);
    expect(await eventsOfResource('export#rejected-rows')).toMatchObject([
      { action: 'EXPORT_REJECTED_ROWS', actor: { id: userId }, resource: { filter: { batchId } } },
    ]);
  });

  it('SAVE_MAPPING is one event with the name of the mapping', async () => {
    const { cookie, userId } = await cookieOf('admin');
    const name = `Registry ${crypto.randomUUID()}`;
    const body = JSON.stringify({ name, columns: ['Title'], mapping: { fields: {}, emptyValues: [] } });

    const { status } = await saveMapping(at('/api/batches/mappings', cookie, { method: 'POST', body }), {
      params: Promise.resolve({}),
    });

    expect(status).toBe(201);
    expect(await eventsOfResource(`setting#mapping ${name}`)).toMatchObject([
      { action: 'SAVE_MAPPING', actor: { id: userId }, changes: { name: { after: name } } },
    ]);
  });

  it('START_CHECK names the person who pressed the button', async () => {
    const { cookie, userId } = await cookieOf('ops');

    const response = await startCheck(at('/api/consistency', cookie, { method: 'POST' }), {
      params: Promise.resolve({}),
    });

    const { data } = await response.json();
    expect(await eventsOfResource(`check#${data.runId}`)).toMatchObject([
      { action: 'START_CHECK', actor: { id: userId }, trigger: 'button' },
    ]);
  });
});

it('FINISH_BATCH was done by the product itself', async () => {
  const batch = await aReadyBatch({ chunks: [2] });

  await runBatch(batch);

  const { items } = await listEventsOfBatch(batch.batchId, { limit: 10, requestId: newRequestId() });
  const authors = items.map(({ action, actor }) => [action, actor.id]);
  expect(authors).toContainEqual(['FINISH_BATCH', SYSTEM.id]);
  expect(authors).toContainEqual(['START_BATCH', batch.actor.id]);
});
