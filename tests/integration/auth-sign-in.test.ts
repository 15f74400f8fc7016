import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DELETE, GET, POST } from '@/app/api/auth/[...path]/route';
import { auth } from '@/lib/server/auth/auth';
import { env } from '@/lib/server/env';
import { failureSchema } from '@/lib/shared/api';
import { sessionSchema } from '@/lib/shared/session';
import { aPerson, codeOf, cookieFrom, PASSWORD, readSession, signIn } from '@/tests/support/auth-calls';
import { failCalls } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';

let email: string;

beforeAll(async () => {
  ({ email } = await aPerson());
});

/** What a process knows of better-auth, so that it is made again from the environment as it is then. */
const forgetAuth = () => globalThis.assignmentDeskState?.delete('auth');

describe('signing in', () => {
  it('starts a session in an httpOnly SameSite cookie and keeps its token out of the body', async () => {
    const response = await signIn({ email: email.toUpperCase(), password: PASSWORD });

    expect(response.status).toBe(200);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Max-Age=28800/i);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ success: true, data: { user: { email, name: 'Ada' } } });
    expect(response.headers.get('X-Request-Id')).toBe(JSON.parse(body).requestId);
    const token = decodeURIComponent(cookie.split('=')[1]?.split(';')[0] ?? '').split('.')[0] ?? 'none';
    expect(token.length).toBeGreaterThan(20);
    expect(body).not.toContain(token);
  });

  it('says who the person is and what they may do', async () => {
    const cookie = cookieFrom(await signIn({ email, password: PASSWORD }));

    const { data } = await (await readSession(cookie)).json();

    expect(sessionSchema.parse(data)).toMatchObject({
      user: { email, role: 'instructor', department: 'Physics', courseIds: ['A-1'] },
      permissions: expect.arrayContaining(['assignment:create']),
    });
  });

  it('gives the same answer for a wrong password and for an unknown email', async () => {
    const wrong = failureSchema.parse(await (await signIn({ email, password: 'wrong' })).json());
    const unknown = failureSchema.parse(
      await (await signIn({ email: 'nobody@example.edu', password: 'x' })).json(),
    );

    expect(wrong.details).toEqual({ ...unknown.details, requestId: expect.any(String) });
    expect(wrong.details).toMatchObject({ code: 'UNAUTHENTICATED', error: 'Email or password is wrong' });
  });

  it('names every field of a body that is wrong', async () => {
    const failure = failureSchema.parse(await (await signIn({ email: 'no address', role: 'admin' })).json());

    expect(failure.details.fields?.map(({ field }) => field)).toEqual(['email', 'password', 'role']);
  });

  it.each([
    ['no JSON', '{"email":', 400, 'VALIDATION_ERROR'],
    ['an empty body', '', 400, 'VALIDATION_ERROR'],
    [
      'a password of 200 characters',
      { email: 'a@example.edu', password: 'x'.repeat(200) },
      400,
      'VALIDATION_ERROR',
    ],
    ['300 KB', { email: 'a@example.edu', password: 'x'.repeat(300 * 1024) }, 413, 'PAYLOAD_TOO_LARGE'],
  ])('refuses %s', async (_, body, status, code) => {
    const response = await signIn(body);

    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(code);
  });

  it('is refused when another site asks for it', async () => {
    const response = await signIn({ email, password: PASSWORD }, { origin: 'https://evil.example' });

    expect(await codeOf(response)).toBe('FORBIDDEN');
  });
});

describe('signing in on a bad day', () => {
  it.each([
    ['GetItem', () => env.USERS_TABLE],
    ['GetItem', () => env.SESSIONS_TABLE],
    ['Query', () => env.SESSIONS_TABLE],
    ['PutItem', () => env.SESSIONS_TABLE],
  ])('names the missing table when %s does not find it %#', async (command, table) => {
    expectErrorLogs();
    failCalls('ResourceNotFoundException', { command, table: table() });

    const response = await signIn({ email, password: PASSWORD });

    const { details } = failureSchema.parse(await response.json());
    expect([response.status, details.code]).toEqual([500, 'RESOURCE_NOT_FOUND']);
    expect(details.error).toContain(table());
  });

  it('succeeds when DynamoDB throttles each call once', async () => {
    for (const command of ['GetItem', 'Query', 'PutItem']) {
      failCalls('ThrottlingException', { command, times: 1 });
    }

    expect((await signIn({ email, password: PASSWORD })).status).toBe(200);
  });

  it('answers 503 with Retry-After when DynamoDB throttles to the end', async () => {
    expectErrorLogs();
    failCalls('ThrottlingException');

    const response = await signIn({ email, password: PASSWORD });

    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('5');
  });
});

describe('the set-up of sign-in', () => {
  const { AUTH_SECRET, PUBLIC_URL } = env;

  afterEach(() => {
    Object.assign(env, { AUTH_SECRET, PUBLIC_URL });
    forgetAuth();
  });

  it('names the variable when the secret is missing', async () => {
    Object.assign(env, { AUTH_SECRET: undefined });
    forgetAuth();

    expect(() => auth()).toThrow(/AUTH_SECRET/);
  });

  it('sends cookies over https only where people open the product with https', async () => {
    Object.assign(env, { PUBLIC_URL: 'https://desk.example.edu' });
    forgetAuth();

    const response = await signIn({ email, password: PASSWORD });

    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Secure-.*; Secure/)]);
    expect((await readSession(cookieFrom(response))).status).toBe(200);
  });
});

describe('the other endpoints of better-auth', () => {
  it.each([
    ['POST', 'sign-up/email', POST],
    ['GET', 'get-session', GET],
    ['POST', 'update-user', POST],
    ['POST', 'request-password-reset', POST],
    ['DELETE', 'anything', DELETE],
  ])('are closed: %s %s answers 404 in the failure body', async (method, path, handler) => {
    const stranger = { email: `new-${randomUUID()}@example.edu`, password: PASSWORD, name: 'Eve' };
    const request = new Request(`http://127.0.0.1/api/auth/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(stranger) }),
    });

    const response = await handler(request);

    expect(response.status).toBe(404);
    expect(await codeOf(response)).toBe('NOT_FOUND');
    expect((await signIn({ email: stranger.email, password: PASSWORD })).status).toBe(401);
  });

  it('would refuse a sign-up even if they were reachable', async () => {
    const body = { email: `new-${randomUUID()}@example.edu`, password: PASSWORD, name: 'Eve' };

    await expect(auth().api.signUpEmail({ body })).rejects.toMatchObject({ status: 'BAD_REQUEST' });
  });
});
