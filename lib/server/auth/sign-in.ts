import type * as z from 'zod';
import { recordEvent } from '@/lib/server/audit-log/record-event';
import { refusedSignInEvent, signInEvent } from '@/lib/server/audit-log/session-event';
import { auth } from '@/lib/server/auth/auth';
import { callAuth } from '@/lib/server/auth/call-auth';
import { isFirstBeyondLimit, requireSignInTry } from '@/lib/server/auth/sign-in-limit';
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
  const { email } = credentials;
  try {
    await requireSignInTry(email, addressOf(headers) ?? 'unknown', requestId);
    const { headers: answer, response } = await callAuth(() => startSession(credentials, headers), {
      operation: 'signIn',
      requestId,
    });
    const { id, name } = response.user;
    const cookies = answer.getSetCookie();
    await recordEvent(signInEvent(actorSchema.parse(response.user), cookies, requestId), requestId);
    return { user: { id, name, email: response.user.email }, cookies };
  } catch (thrown) {
    const { code, isFirstRefusal } = refusalOf(thrown);
    if (isFirstRefusal) await recordEvent(refusedSignInEvent({ email, code, requestId }), requestId);
    throw thrown;
  }
}

/** A wrong password is told each time; of the tries beyond the limit only the first one of their minute. */
function refusalOf(thrown: unknown): { code: string; isFirstRefusal: boolean } {
  if (!(thrown instanceof AppError)) return { code: 'SYSTEM_ERROR', isFirstRefusal: false };
  const { code } = thrown;
  return {
    code,
    isFirstRefusal: code === 'UNAUTHENTICATED' || (code === 'RATE_LIMITED' && isFirstBeyondLimit(thrown)),
  };
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
