import { randomUUID } from 'node:crypto';
import { POST as signIn } from '@/app/api/auth/sign-in/email/route';
import { createUser } from '@/lib/server/auth/create-user';
import type { Role } from '@/lib/shared/permissions';

const PASSWORD = 'a long test password';

/** A new person of this role, signed in through the product's own handler: the cookie to send. */
export async function cookieOf(
  role: Role,
  courseIds: string[] = [],
): Promise<{ cookie: string; userId: string; email: string }> {
  const email = `${role}-${randomUUID()}@example.edu`;
  const { userId } = await createUser({
    email,
    name: 'Ada',
    password: PASSWORD,
    role,
    department: 'Physics',
    courseIds,
  });
  const response = await signIn(
    new Request('http://127.0.0.1/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    }),
  );
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return { cookie: cookies.join('; '), userId, email };
}
