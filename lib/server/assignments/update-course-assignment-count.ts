import { courseCounter } from '@/lib/server/assignments/counters';
import type { PendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { updateCounter } from '@/lib/server/assignments/update-counter';

/**
 * Adds to a course's number of assignments and its time of last addition (S3). With `created`, it adds those whose
 * course effect is still pending and takes that effect off them in the same transaction, so that none counts twice;
 * without, it adds one.
 * Never throws: a missing course or a refusal is a WARN.
 * @returns whether the count is up to date
 */
export function updateCourseAssignmentCount(
  courseId: string,
  requestId: string,
  created: PendingAssignment[] = [],
): Promise<boolean> {
  return updateCounter({ counter: courseCounter(courseId), effect: 'course', created, requestId });
}
