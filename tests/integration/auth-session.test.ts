import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as healthDetails } from '@/app/api/health/details/route';
import { forgetActor } from '@/lib/server/auth/read-actor';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { codeOf, cookieFrom, readSession, signOut } from '@/tests/support/auth-calls';
import { failCalls, recordedCalls } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';
import { inNewProcess } from '@/tests/support/new-process';
import { cookieOf } from '@/tests/support/session';

const EIGHT_HOURS_MS = 8 * 60 * 60 * 1000;

let cookie: string;
let userId: string;

beforeEach(async () => {
  ({ cookie, userId } = await cookieOf('ops'));
});

const readInNewProcess = (sent: string) =>
  inNewProcess(async () => (await import('@/tests/support/auth-calls')).readSession(sent));

describe('a session', () => {
  it('is read without any call to DynamoDB for a while, and that is counted', async () => {
    await readSession(cookie);
    const before = recordedCalls().length;

    await Promise.all(Array.from({ length: 20 }, () => readSession(cookie)));
    await readSession(`theme=dark; ${cookie}`);

    expect(recordedCalls()).toHaveLength(before);
    const request = new Request('http://127.0.0.1/api/health/details', { headers: { cookie } });
    const { data } = await (await healthDetails(request, { params: Promise.resolve({}) })).json();
    expect(data.caches.actors.hitRate).toBeGreaterThan(0.5);
  });

  it('survives a restart', async () => {
    expect((await readInNewProcess(cookie)).status).toBe(200);
  });

  it('shows a changed role at once where the process is told', async () => {
    await readSession(cookie);
    await documentClient.send(
      new UpdateCommand({
        TableName: env.USERS_TABLE,
        Key: { userId },
        UpdateExpression: 'SET #role = :role',
        ExpressionAttributeNames: { '#role': 'role' },
        ExpressionAttributeValues: { ':role': 'auditor' },
      }),
    );

    await forgetActor(userId);

    expect(await (await readSession(cookie)).json()).toMatchObject({ data: { user: { role: 'auditor' } } });
  });

  it.each([
    ['a changed signature', () => `${cookie.slice(0, -6)}AAAA%3D`],
    ['another token under the same signature', () => cookie.replace(/=(.{5})/, '=aaaaa')],
    ['a made up token', () => 'assignment-desk.session_token=made.up'],
    ['a broken encoding', () => 'assignment-desk.session_token=%E0%A4%A'],
    ['nothing', () => ''],
  ])('is not there with %s', async (_, forge) => {
    expect(await codeOf(await readSession(forge()))).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['ResourceNotFoundException', 'RESOURCE_NOT_FOUND', 500],
    ['AccessDeniedException', 'ACCESS_DENIED', 500],
    ['ThrottlingException', 'THROTTLING', 503],
    ['TimeoutError', 'SYSTEM_ERROR', 500],
  ])('that cannot be read for %s is an outage, never a missing session', async (name, code, status) => {
    expectErrorLogs();
    failCalls(name, { command: 'GetItem' });

    const response = await readSession(cookie);

    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it('is read again after an outage, which is not remembered', async () => {
    expectErrorLogs();
    const recover = failCalls('ThrottlingException', { command: 'GetItem' });
    expect((await readSession(cookie)).status).toBe(503);
    recover();

    expect((await readSession(cookie)).status).toBe(200);
  });

  it('is read in spite of a call that DynamoDB throttles', async () => {
    failCalls('ThrottlingException', { command: 'GetItem', times: 1 });

    expect((await readSession(cookie)).status).toBe(200);
  });
});

describe('the end of a session', () => {
  it('comes at once where the person signs out, and takes the cookie back', async () => {
    expect((await readSession(cookie)).status).toBe(200);

    const response = await signOut(cookie);

    expect(await response.json()).toMatchObject({ success: true, data: { signedOut: true } });
    expect(response.headers.getSetCookie().join()).toMatch(/session_token=; Max-Age=0/);
    expect((await readSession(cookie)).status).toBe(401);
  });

  it('comes in every process, whatever other cookies the browser sends', async () => {
    await readSession(`theme=dark; ${cookie}`);

    await signOut(`theme=light; ${cookie}`);

    expect((await readSession(`theme=dark; ${cookie}`)).status).toBe(401);
    expect((await readInNewProcess(cookie)).status).toBe(401);
  });

  it('is not promised while it cannot be written: signing out fails and can be repeated', async () => {
    expectErrorLogs();
    const recover = failCalls('ThrottlingException', { command: 'DeleteItem' });

    const response = await signOut(cookie);

    expect(response.status).toBe(503);
    expect(cookieFrom(response)).toBe('');
    recover();
    expect((await signOut(cookie)).status).toBe(200);
    expect((await readSession(cookie)).status).toBe(401);
  });

  it('comes twice without harm', async () => {
    await signOut(cookie);

    expect((await signOut(cookie)).status).toBe(200);
    expect((await signOut('')).status).toBe(200);
  });

  it('comes after eight hours, also inside the time of the cache', async () => {
    expect((await readSession(cookie)).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + EIGHT_HOURS_MS + 1000 });

    const response = await readSession(cookie);

    vi.useRealTimers();
    expect(await codeOf(response)).toBe('UNAUTHENTICATED');
  });

  it('comes after eight hours though DynamoDB has not deleted it yet', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + EIGHT_HOURS_MS + 1000 });

    const response = await readSession(cookie);

    vi.useRealTimers();
    expect(await codeOf(response)).toBe('UNAUTHENTICATED');
    const token = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0];
    const { Item } = await documentClient.send(
      new GetCommand({ TableName: env.SESSIONS_TABLE, Key: { key: `session#${token}` } }),
    );
    expect(Item?.ttl).toBeCloseTo((Date.now() + EIGHT_HOURS_MS) / 1000, -2);
  });
});
