import type * as z from 'zod';
import { auth } from '@/lib/server/auth/auth';
import { forgetVisit } from '@/lib/server/auth/read-actor';
import { requireSignInTry } from '@/lib/server/auth/sign-in-limit';
import { AppError } from '@/lib/shared/app-error';
import type { signInSchema } from '@/lib/shared/sign-in';

type SignIn = { credentials: z.infer<typeof signInSchema>; headers: Headers; requestId: string };

type SignedIn = { user: { id: string; name: string; email: string }; cookies: string[] };

/**
 * Checks email and password and starts a session. An unknown email and a wrong password are the same answer, after the
 * same work.
 * @returns who signed in, and the Set-Cookie values that carry the session
 * @throws {AppError} UNAUTHENTICATED, RATE_LIMITED, or what DynamoDB answered
 */
export async function signIn({ credentials, headers, requestId }: SignIn): Promise<SignedIn> {
  await requireSignInTry(credentials.email, addressOf(headers), requestId);
  try {
    const { headers: answer, response } = await auth().api.signInEmail({
      body: credentials,
      headers,
      returnHeaders: true,
    });
    const { id, name, email } = response.user;
    return { user: { id, name, email }, cookies: answer.getSetCookie() };
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    throw new AppError('UNAUTHENTICATED', 'Email or password is wrong', { cause: thrown });
  }
}

/** Ends the session of these headers. Signing out without a session changes nothing. */
export async function signOut(headers: Headers): Promise<{ cookies: string[] }> {
  const { headers: answer } = await auth().api.signOut({ headers, returnHeaders: true });
  forgetVisit(headers);
  return { cookies: answer.getSetCookie() };
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof Error && 'status' in thrown && thrown.status === 'UNAUTHORIZED';
}

/** The address that the nearest proxy, or Next.js itself, saw. Everything before it can be made up by the caller. */
function addressOf(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown';
}
