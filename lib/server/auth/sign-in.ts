import type * as z from 'zod';
import { recordOrKeepEvent } from '@/lib/server/audit-log/record-event';
import { refusedSignInEvent, signInEvent } from '@/lib/server/audit-log/session-event';
import { auth } from '@/lib/server/auth/auth';
import { callAuth } from '@/lib/server/auth/call-auth';
import { requireSignInTry } from '@/lib/server/auth/sign-in-limit';
import { addressOf } from '@/lib/server/request-context';
import { AppError } from '@/lib/shared/app-error';
import { actorSchema } from '@/lib/shared/session';
import type { signInSchema } from '@/lib/shared/sign-in';

type Credentials = z.infer<typeof signInSchema>;

type SignIn = { credentials: Credentials; headers: Headers; requestId: string };

type SignedIn = { user: { id: string; name: string; email: string }; cookies: string[] };

/**
 * Checks email and password and starts a session. An unknown email and a wrong password are the same answer, after the
 * same work.
 * @returns who signed in, and the Set-Cookie values that carry the session
 * @throws {AppError} UNAUTHENTICATED, RATE_LIMITED, or what DynamoDB answered
 */
export async function signIn({ credentials, headers, requestId }: SignIn): Promise<SignedIn> {
  await requireSignInTry(credentials.email, addressOf(headers) ?? 'unknown', requestId);
  const { headers: answer, response } = await startAudited({ credentials, headers, requestId });
  const { id, name, email } = response.user;
  const cookies = answer.getSetCookie();
  await recordOrKeepEvent(signInEvent(actorSchema.parse(response.user), cookies, requestId), requestId);
  return { user: { id, name, email }, cookies };
}

/** A refusal is an event as well, the same for a wrong password as for an email that nobody has. */
async function startAudited({ credentials, headers, requestId }: SignIn) {
  try {
    return await callAuth(() => startSession(credentials, headers), { operation: 'signIn', requestId });
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'UNAUTHENTICATED') {
      const { code } = thrown;
      await recordOrKeepEvent(refusedSignInEvent({ email: credentials.email, code, requestId }), requestId);
    }
    throw thrown;
  }
}

async function startSession(credentials: Credentials, headers: Headers) {
  try {
    return await auth().api.signInEmail({ body: credentials, headers, returnHeaders: true });
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    throw new AppError('UNAUTHENTICATED', 'Email or password is wrong', { cause: thrown });
  }
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof Error && 'status' in thrown && thrown.status === 'UNAUTHORIZED';
}
