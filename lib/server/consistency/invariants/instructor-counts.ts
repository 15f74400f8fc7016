import { instructorCounter } from '@/lib/server/assignments/counters';
import { checkCounts } from '@/lib/server/consistency/invariants/check-counts';
import { type Invariant, segmented } from '@/lib/server/consistency/invariants/invariant';
import { type Count, planCount } from '@/lib/server/consistency/invariants/look-at-count';
import { env } from '@/lib/server/env';

const countOf = (userId: string): Count => ({
  counter: instructorCounter(userId),
  set: { index: 'byInstructor', key: 'instructorId', id: userId, effect: 'instructor' },
});

/**
 * The count of each person is the number of assignments that they created. Checked person by person; a difference shows the
 * number of assignments and the stored count, and is repaired by replacing the count.
 */
export const instructorCounts: Invariant = {
  name: 'instructor-counts',
  parts: segmented('people', 2, (piece) =>
    checkCounts({ table: env.USERS_TABLE, key: 'userId', countOf }, piece),
  ),
  plan: (difference, requestId) => planCount(countOf(difference.target), difference, requestId),
};
