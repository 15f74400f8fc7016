import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { dynamodbAdapter } from '@/lib/server/auth/dynamodb-adapter';
import { env } from '@/lib/server/env';
import { processState } from '@/lib/server/process-state';
import { MIN_PASSWORD_LENGTH } from '@/lib/shared/sign-in';

const SESSION_SECONDS = 8 * 60 * 60;

/** better-auth on our tables, made on first use so that a build needs no secret. Throws where `AUTH_SECRET` is missing. */
export function auth() {
  return processState('auth', createAuth);
}

function createAuth() {
  if (!env.AUTH_SECRET)
    throw new Error('Set AUTH_SECRET to at least 32 random characters, the same in every process');
  return betterAuth({
    secret: env.AUTH_SECRET,
    baseURL: env.PUBLIC_URL ?? 'http://127.0.0.1',
    database: dynamodbAdapter,
    telemetry: { enabled: false },
    // Failures reach our own log as AppErrors; two lines for one failure help nobody.
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      // argon2id with 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's minimum and the library's default.
      password: {
        hash: (password) => hash(password),
        verify: ({ hash, password }) => verify(hash, password),
      },
    },
    user: {
      additionalFields: {
        role: { type: 'string', input: false },
        department: { type: 'string', input: false },
        courseIds: { type: 'string[]', input: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    // Ours holds across processes: see sign-in-limit.ts.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'assignment-desk',
      useSecureCookies: env.PUBLIC_URL?.startsWith('https:') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: ({ model }) => `${model}_${crypto.randomUUID()}` },
    },
  });
}
