import { courseCounter } from '@/lib/server/assignments/counters';
import { checkCounts } from '@/lib/server/consistency/invariants/check-counts';
import { type Invariant, segmented } from '@/lib/server/consistency/invariants/invariant';
import { type Count, planCount } from '@/lib/server/consistency/invariants/look-at-count';
import { env } from '@/lib/server/env';

const countOf = (courseId: string): Count => ({
  counter: courseCounter(courseId),
  set: { index: 'byCourse', key: 'courseId', id: courseId, effect: 'course' },
});

/**
 * The count of each course is the number of its assignments. Checked course by course; a difference shows the number of
 * assignments and the stored count, and is repaired by replacing the count.
 */
export const courseCounts: Invariant = {
  name: 'course-counts',
  parts: segmented('courses', 2, (piece) =>
    checkCounts({ table: env.COURSES_TABLE, key: 'courseId', countOf }, piece),
  ),
  plan: (difference, requestId) => planCount(countOf(difference.target), difference, requestId),
};
