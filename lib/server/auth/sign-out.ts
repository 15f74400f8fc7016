import { recordOrKeepEvent } from '@/lib/server/audit-log/record-event';
import { signOutEvent } from '@/lib/server/audit-log/session-event';
import { auth } from '@/lib/server/auth/auth';
import { callAuth } from '@/lib/server/auth/call-auth';
import { forgetSession } from '@/lib/server/auth/read-actor';
import { readSession } from '@/lib/server/auth/read-session';
import { sessionCookie } from '@/lib/server/auth/session-cookie';
import { actorSchema } from '@/lib/shared/session';

/**
 * Ends the session of these headers. Signing out without a session changes nothing.
 * @returns the Set-Cookie values that take the cookies back
 * @throws {AppError} where the session could not be ended: it is then as good as before
 */
export async function signOut(headers: Headers, requestId: string): Promise<{ cookies: string[] }> {
  const cookie = await sessionCookie(headers);
  if (cookie) await endSession(cookie, requestId);
  await forgetSession(headers);
  // Without our cookie it only takes the cookies back: with it, better-auth would hide that a session did not end.
  const { headers: answer } = await auth().api.signOut({ headers: new Headers(), returnHeaders: true });
  return { cookies: answer.getSetCookie() };
}

async function endSession(cookie: string, requestId: string): Promise<void> {
  const found = await readSession(cookie, requestId);
  if (!found) return;
  const { internalAdapter } = await auth().$context;
  await callAuth(() => internalAdapter.deleteSession(found.session.token), {
    operation: 'signOut',
    requestId,
  });
  await recordOrKeepEvent(signOutEvent(actorSchema.parse(found.user), cookie, requestId), requestId);
}
