import { randomUUID } from 'node:crypto';
import { POST as signInRoute } from '@/app/api/auth/sign-in/email/route';
import { POST as signOutRoute } from '@/app/api/auth/sign-out/route';
import { GET as sessionRoute } from '@/app/api/session/route';
import { createUser } from '@/lib/server/auth/create-user';
import { failureSchema } from '@/lib/shared/api';

export const PASSWORD = 'correct horse battery';

export const PERSON = {
  name: 'Ada',
  password: PASSWORD,
  role: 'instructor' as const,
  department: 'Physics',
  courseIds: ['A-1'],
};

/** A person whom nobody else in the run knows, with `PASSWORD`. */
export async function aPerson(): Promise<{ email: string; userId: string }> {
  const email = `ada-${randomUUID()}@example.edu`;
  const { userId } = await createUser({ ...PERSON, email });
  return { email, userId };
}

/** Signs in over the product's own handler; a text is sent as it is. */
export function signIn(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return signInRoute(
    new Request('http://127.0.0.1/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
}

export function signOut(cookie: string): Promise<Response> {
  const headers = { cookie };
  return signOutRoute(new Request('http://127.0.0.1/api/auth/sign-out', { method: 'POST', headers }));
}

export function readSession(cookie: string): Promise<Response> {
  const request = new Request('http://127.0.0.1/api/session', { headers: { cookie } });
  return sessionRoute(request, { params: Promise.resolve({}) });
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookieFrom(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export async function codeOf(response: Response): Promise<string> {
  return failureSchema.parse(await response.json()).details.code;
}
