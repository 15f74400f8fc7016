import { userRecords } from '@/lib/server/auth/user-records';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';
import { type Person, personSchema } from '@/lib/shared/rollback';

/**
 * The person with this user ID or email.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function findPerson(idOrEmail: string, requestId: string): Promise<Person> {
  const conditions = idOrEmail.includes('@') ? { email: idOrEmail.toLowerCase() } : { id: idOrEmail };
  const [user] = await withRetry(() => userRecords.find(conditions), {
    operation: 'findPerson',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  if (user) return personSchema.parse(user);
  const message = `Nobody has the user ID or email ${idOrEmail}`;
  throw new AppError('NOT_FOUND', message, { fields: [{ field: 'actor', message, value: idOrEmail }] });
}
