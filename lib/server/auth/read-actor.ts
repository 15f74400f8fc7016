import { auth } from '@/lib/server/auth/auth';
import { createCache } from '@/lib/server/cache';
import { classifyError } from '@/lib/server/classify-error';
import { type Actor, actorSchema } from '@/lib/shared/session';

type Visit = { actor: Actor; expiresAt: number } | { actor?: never };

const visits = createCache<Visit>('actors', { max: 10_000, ttlMs: 10_000 });

/**
 * The person whose session cookie these headers carry, or undefined. The answer may be ten seconds old (S14); a session
 * that ends within that time ends on time.
 * @throws {AppError} where the session cannot be read: an outage is not a missing session
 */
export async function readActor(headers: Headers): Promise<Actor | undefined> {
  const cookie = headers.get('cookie');
  if (!cookie?.includes('session_token')) return undefined;
  const visit = await visits.read(cookie, () => readVisit(cookie));
  return visit.actor && visit.expiresAt > Date.now() ? visit.actor : undefined;
}

/** Makes this process ask again who the cookie belongs to, after sign-out. */
export function forgetVisit(headers: Headers): void {
  const cookie = headers.get('cookie');
  if (cookie) visits.forget(cookie);
}

async function readVisit(cookie: string): Promise<Visit> {
  const session = await readSession(cookie);
  if (!session) return {};
  return { actor: actorSchema.parse(session.user), expiresAt: session.session.expiresAt.getTime() };
}

async function readSession(cookie: string) {
  try {
    return await auth().api.getSession({ headers: new Headers({ cookie }) });
  } catch (thrown) {
    // better-auth wraps what our adapter threw.
    throw classifyError(thrown instanceof Error && thrown.cause ? thrown.cause : thrown);
  }
}
