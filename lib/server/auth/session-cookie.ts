import { createHash } from 'node:crypto';
import { parseCookies } from 'better-auth/cookies';
import { auth } from '@/lib/server/auth/auth';

/**
 * Our session cookie alone, as `name=value`, or undefined where there is none. Whoever reads or caches a session uses
 * only this: the other cookies of a browser change without the session changing.
 */
export async function sessionCookie(headers: Headers): Promise<string | undefined> {
  const cookies = headers.get('cookie');
  if (!cookies) return undefined;
  const { authCookies } = await auth().$context;
  const { name } = authCookies.sessionToken;
  const value = parseCookies(cookies).get(name);
  return value && `${name}=${encodeURIComponent(value)}`;
}

/** Names a session where the session itself must not be named: the beginning of the SHA-256 of its cookie, in hex. */
export function sessionHash(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex').slice(0, 16);
}
