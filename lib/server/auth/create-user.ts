import { auth } from '@/lib/server/auth/auth';
import type { Role } from '@/lib/shared/permissions';

type NewUser = {
  email: string;
  name: string;
  password: string;
  role: Role;
  department: string;
  /** The courses an instructor teaches. */
  courseIds: string[];
};

/**
 * Adds a person who signs in with email and password. A person with this email is left as they are; one whose creation
 * was cut off before the password was stored gets it now.
 */
export async function createUser({
  password,
  ...person
}: NewUser): Promise<{ userId: string; created: boolean }> {
  const { internalAdapter, password: passwords } = await auth().$context;
  const email = person.email.toLowerCase();
  const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
  if (found && found.accounts.length > 0) return { userId: found.user.id, created: false };

  const { id } =
    found?.user ??
    (await internalAdapter.createUser({ ...person, email, emailVerified: true }, { method: 'admin' }));
  await internalAdapter.linkAccount({
    userId: id,
    accountId: id,
    providerId: 'credential',
    password: await passwords.hash(password),
  });
  return { userId: id, created: true };
}
