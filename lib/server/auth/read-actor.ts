import { readSession } from '@/lib/server/auth/read-session';
import { sessionCookie } from '@/lib/server/auth/session-cookie';
import { createCache } from '@/lib/server/cache';
import { type Actor, actorSchema } from '@/lib/shared/session';

type Visit = { actor: Actor; expiresAt: number } | { actor?: never };

const visits = createCache<Visit>('actors', { max: 10_000, ttlMs: 10_000 });

/**
 * The person whose session cookie these headers carry, or undefined. The answer may be ten seconds old (S14); a session
 * that ends within that time ends on time.
 * @throws {AppError} where the session cannot be read: an outage is not a missing session
 */
export async function readActor(headers: Headers, requestId: string): Promise<Actor | undefined> {
  const cookie = await sessionCookie(headers);
  if (!cookie) return undefined;
  const visit = await visits.read(cookie, () => readVisit(cookie, requestId));
  // Made-up cookies are many and must not push real visits out.
  if (!visit.actor) visits.forget(cookie);
  return visit.actor && visit.expiresAt > Date.now() ? visit.actor : undefined;
}

/** Makes this process ask again who the session of these headers belongs to, after it has ended. */
export async function forgetSession(headers: Headers): Promise<void> {
  const cookie = await sessionCookie(headers);
  if (cookie) visits.forget(cookie);
}

/** Makes this process read this person again, in all their sessions, after their role or courses have changed. */
export function forgetActor(userId: string): Promise<void> {
  return visits.forgetWhere(({ actor }) => actor?.id === userId);
}

async function readVisit(cookie: string, requestId: string): Promise<Visit> {
  const found = await readSession(cookie, requestId);
  if (!found) return {};
  return { actor: actorSchema.parse(found.user), expiresAt: found.session.expiresAt.getTime() };
}
