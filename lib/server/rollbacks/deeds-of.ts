import { findPerson } from '@/lib/server/rollbacks/find-person';
import type { Deeds } from '@/lib/server/rollbacks/plan-target';
import type { Person } from '@/lib/shared/rollback';

type Input = { actor: string; from: string; to: string };

/**
 * The person who is meant, and what they did between two instants up to now: what comes later is not part of it.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function deedsOf(
  { actor, from, to }: Input,
  requestId: string,
): Promise<{ person: Person; deeds: Deeds }> {
  const person = await findPerson(actor, requestId);
  const now = new Date().toISOString();
  return { person, deeds: { actorId: person.id, from, to: to < now ? to : now } };
}
