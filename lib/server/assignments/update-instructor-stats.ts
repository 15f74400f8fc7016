import { instructorCounter } from '@/lib/server/assignments/counters';
import type { PendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { updateCounter } from '@/lib/server/assignments/update-counter';

/**
 * Adds to an instructor's number of created assignments, starting at zero the first time, and sets the time of the
 * last one (S2). With `created`, it adds those whose instructor effect is still pending and takes that effect off them
 * in the same transaction, so that none counts twice; without, it adds one.
 * Never throws: a missing instructor or a refusal is a WARN.
 * @returns whether the count is up to date
 */
export function updateInstructorStats(
  instructorId: string,
  requestId: string,
  created: PendingAssignment[] = [],
): Promise<boolean> {
  return updateCounter({
    counter: instructorCounter(instructorId),
    effect: 'instructor',
    created,
    requestId,
  });
}
