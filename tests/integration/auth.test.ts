import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { POST as signInRoute } from '@/app/api/auth/sign-in/email/route';
import { POST as signOutRoute } from '@/app/api/auth/sign-out/route';
import { GET as healthDetails } from '@/app/api/health/details/route';
import { GET as sessionRoute } from '@/app/api/session/route';
import { createUser } from '@/lib/server/auth/create-user';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { failureSchema } from '@/lib/shared/api';
import { sessionSchema } from '@/lib/shared/session';
import { userItem } from '@/tests/support/factories';
import { failCalls, recordedCalls } from '@/tests/support/faults';
import { cookieOf } from '@/tests/support/session';

const PASSWORD = 'correct horse battery';
const EMAIL = `ada-${randomUUID()}@example.edu`;

const person = {
  name: 'Ada',
  password: PASSWORD,
  role: 'instructor' as const,
  department: 'Physics',
  courseIds: ['A-1'],
};

beforeAll(async () => {
  await createUser({ ...person, email: EMAIL });
});

function signIn(body: unknown, headers: Record<string, string> = {}) {
  return signInRoute(
    new Request('http://127.0.0.1/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
}

async function readSession(cookie: string) {
  const request = new Request('http://127.0.0.1/api/session', { headers: { cookie } });
  return sessionRoute(request, { params: Promise.resolve({}) });
}

const cookieFrom = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

async function codeOf(response: Response) {
  return failureSchema.parse(await response.json()).details.code;
}

describe('signing in', () => {
  it('starts a session in an httpOnly SameSite cookie and keeps its token out of the body', async () => {
    const response = await signIn({ email: EMAIL.toUpperCase(), password: PASSWORD });

    expect(response.status).toBe(200);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ success: true, data: { user: { email: EMAIL, name: 'Ada' } } });
    const token = decodeURIComponent(cookie.split('=')[1]?.split(';')[0] ?? '').split('.')[0] ?? 'none';
    expect(token.length).toBeGreaterThan(20);
    expect(body).not.toContain(token);
  });

  it('says who the person is and what they may do', async () => {
    const cookie = cookieFrom(await signIn({ email: EMAIL, password: PASSWORD }));

    const { data } = await (await readSession(cookie)).json();

    expect(sessionSchema.parse(data)).toMatchObject({
      user: { email: EMAIL, role: 'instructor', department: 'Physics', courseIds: ['A-1'] },
      permissions: expect.arrayContaining(['assignment:create']),
    });
  });

  it('gives the same answer for a wrong password and for an unknown email', async () => {
    const wrong = failureSchema.parse(await (await signIn({ email: EMAIL, password: 'wrong' })).json());
    const unknown = failureSchema.parse(
      await (await signIn({ email: 'nobody@example.edu', password: 'x' })).json(),
    );

    expect(wrong.details).toEqual({ ...unknown.details, requestId: expect.any(String) });
    expect(wrong.details).toMatchObject({ code: 'UNAUTHENTICATED', error: 'Email or password is wrong' });
  });

  it.each([
    [{}, 'VALIDATION_ERROR'],
    [{ email: 'no address', password: 'x' }, 'VALIDATION_ERROR'],
    [{ email: EMAIL, password: 'x'.repeat(200) }, 'VALIDATION_ERROR'],
    [{ email: EMAIL, password: PASSWORD, role: 'admin' }, 'VALIDATION_ERROR'],
    [{ email: EMAIL, password: 'x'.repeat(300 * 1024) }, 'PAYLOAD_TOO_LARGE'],
  ])('refuses the body %#', async (body, code) => {
    expect(await codeOf(await signIn(body))).toBe(code);
  });

  it('is refused when another site asks for it', async () => {
    const response = await signIn({ email: EMAIL, password: PASSWORD }, { origin: 'https://evil.example' });

    expect(await codeOf(response)).toBe('FORBIDDEN');
  });
});

describe('the limit of tries', () => {
  it('answers 429 with Retry-After from the eleventh try in a minute on, right password or not', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T00:00:10Z') });
    const email = `limited-${randomUUID()}@example.edu`;
    await createUser({ ...person, email });
    for (let tries = 1; tries <= 10; tries++) await signIn({ email, password: 'wrong' });

    const response = await signIn({ email, password: PASSWORD });

    expect(response.status).toBe(429);
    expect(response.headers.get('Retry-After')).toBe('50');
    vi.setSystemTime(new Date('2030-01-01T00:01:00Z'));
    expect((await signIn({ email, password: PASSWORD })).status).toBe(200);
    vi.useRealTimers();
  });

  it('counts for all processes together: tries at the same moment are all counted', async () => {
    const email = `together-${randomUUID()}@example.edu`;

    const answers = await Promise.all(Array.from({ length: 15 }, () => signIn({ email, password: 'wrong' })));

    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(5);
  });

  it('lets people sign in while the count cannot be written', async () => {
    failCalls('ThrottlingException', { command: 'UpdateItem', table: env.SESSIONS_TABLE });

    expect((await signIn({ email: EMAIL, password: PASSWORD })).status).toBe(200);
  });
});

describe('a session', () => {
  it('is read without any call to DynamoDB for a while, and that is counted', async () => {
    const { cookie } = await cookieOf('ops');
    await readSession(cookie);
    const before = recordedCalls().length;

    await Promise.all(Array.from({ length: 20 }, () => readSession(cookie)));

    expect(recordedCalls()).toHaveLength(before);
    const request = new Request('http://127.0.0.1/api/health/details', { headers: { cookie } });
    const { data } = await (await healthDetails(request, { params: Promise.resolve({}) })).json();
    expect(data.caches.actors.hitRate).toBeGreaterThan(0.5);
  });

  it('ends at once where the person signs out', async () => {
    const { cookie } = await cookieOf('ops');
    expect((await readSession(cookie)).status).toBe(200);

    const signedOut = await signOutRoute(
      new Request('http://127.0.0.1/api/auth/sign-out', { method: 'POST', headers: { cookie } }),
    );

    expect(signedOut.status).toBe(200);
    expect((await readSession(cookie)).status).toBe(401);
  });

  it('ends after eight hours, also inside the time of the cache', async () => {
    const { cookie } = await cookieOf('ops');
    expect((await readSession(cookie)).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 60 * 60 * 1000 + 1000 });

    const response = await readSession(cookie);

    vi.useRealTimers();
    expect(await codeOf(response)).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['a changed signature', (cookie: string) => `${cookie.slice(0, -6)}AAAA%3D`],
    ['a made up token', () => 'assignment-desk.session_token=made.up'],
    ['nothing', () => ''],
  ])('is not there with %s', async (_, forge) => {
    const { cookie } = await cookieOf('ops');

    expect(await codeOf(await readSession(forge(cookie)))).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['ResourceNotFoundException', 'RESOURCE_NOT_FOUND', 500],
    ['AccessDeniedException', 'ACCESS_DENIED', 500],
    ['ThrottlingException', 'THROTTLING', 503],
  ])('that cannot be read for %s is an outage, never a missing session', async (name, code, status) => {
    const { cookie } = await cookieOf('ops');
    failCalls(name, { command: 'GetItem' });

    const response = await readSession(cookie);

    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(code);
  });
});

describe('people', () => {
  it('cannot share an email, in any case, however quickly they are added', async () => {
    const email = `twin-${randomUUID()}@example.edu`;

    const added = await Promise.allSettled(
      [email, email.toUpperCase(), email].map((same) => createUser({ ...person, email: same })),
    );
    const again = await createUser({ ...person, email });

    const ids = added.flatMap((result) => (result.status === 'fulfilled' ? [result.value.userId] : []));
    expect(new Set([...ids, again.userId]).size).toBe(1);
    expect(again.created).toBe(false);
  });

  it('keep their password when they are added a second time', async () => {
    await createUser({ ...person, email: EMAIL, password: 'another long password' });

    expect((await signIn({ email: EMAIL, password: PASSWORD })).status).toBe(200);
  });

  it('keep the statistics that lie beside them when they sign in', async () => {
    const email = `counted-${randomUUID()}@example.edu`;
    const { userId } = await createUser({ ...person, email });
    const item = await userItem(userId);
    await documentClient.send(
      new PutCommand({ TableName: env.USERS_TABLE, Item: { ...item, assignmentsCreated: 7 } }),
    );

    await signIn({ email, password: PASSWORD });

    expect(await userItem(userId)).toMatchObject({ assignmentsCreated: 7 });
  });

  it('are stored with an argon2id hash, never with the password', async () => {
    const { userId } = await createUser({ ...person, email: EMAIL });

    const { Item } = await documentClient.send(
      new GetCommand({ TableName: env.SESSIONS_TABLE, Key: { key: `account#credential#${userId}` } }),
    );

    expect(Item?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(Item)).not.toContain(PASSWORD);
  });
});
