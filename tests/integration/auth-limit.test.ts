import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requireSignInTry } from '@/lib/server/auth/sign-in-limit';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { aPerson, codeOf, PASSWORD, signIn } from '@/tests/support/auth-calls';
import { failCalls } from '@/tests/support/faults';
import { inNewProcess } from '@/tests/support/new-process';

// Counts belong to a minute of the clock: each test has a minute of its own, and stands ten seconds into it.
let minute = Date.parse('2030-01-01T00:00:10Z');

beforeEach(() => {
  minute += 60_000;
  vi.useFakeTimers({ toFake: ['Date'], now: minute });
});

afterEach(() => {
  vi.useRealTimers();
});

const tryTimes = (times: number, email: string, address: string) =>
  Promise.all(Array.from({ length: times }, () => requireSignInTry(email, address, newRequestId())));

describe('the limit of tries', () => {
  it('answers 429 with Retry-After from the eleventh try in a minute on, right password or not', async () => {
    const { email } = await aPerson();
    for (let tries = 1; tries <= 10; tries++) {
      expect((await signIn({ email, password: 'wrong' })).status).toBe(401);
    }

    const response = await signIn({ email, password: PASSWORD });

    expect(response.status).toBe(429);
    expect(response.headers.get('Retry-After')).toBe('50');
    expect(await codeOf(response)).toBe('RATE_LIMITED');
  });

  it('lets the person in again in the next minute', async () => {
    const { email } = await aPerson();
    await tryTimes(10, email, '192.0.2.1');
    expect((await signIn({ email, password: PASSWORD })).status).toBe(429);

    minute += 60_000;
    vi.setSystemTime(minute);

    expect((await signIn({ email, password: PASSWORD })).status).toBe(200);
  });

  it('counts for all processes together', async () => {
    const { email } = await aPerson();
    await tryTimes(10, email, '192.0.2.1');

    const response = await inNewProcess(async () => {
      const other = await import('@/tests/support/auth-calls');
      return other.signIn({ email, password: PASSWORD });
    });

    expect(response.status).toBe(429);
  });

  it('counts every one of many tries at the same moment', async () => {
    const email = `together-${randomUUID()}@example.edu`;

    const answers = await Promise.all(Array.from({ length: 15 }, () => signIn({ email, password: 'wrong' })));

    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  it('stops an address that tries one email after another', async () => {
    const forwarded = (address: string) => ({ 'x-forwarded-for': `198.51.100.${minute % 250}, ${address}` });
    const { email } = await aPerson();
    await Promise.all(
      Array.from({ length: 300 }, (_, position) =>
        requireSignInTry(`${position}@example.edu`, '192.0.2.7', newRequestId()),
      ),
    );

    const sameAddress = await signIn({ email, password: PASSWORD }, forwarded('192.0.2.7'));
    const otherAddress = await signIn({ email, password: PASSWORD }, forwarded('192.0.2.8'));

    expect([sameAddress.status, otherAddress.status]).toEqual([429, 200]);
  });

  it('lets people sign in while the count cannot be written', async () => {
    const { email } = await aPerson();
    failCalls('ThrottlingException', { command: 'UpdateItem', table: env.SESSIONS_TABLE });

    expect((await signIn({ email, password: PASSWORD })).status).toBe(200);
  });
});
