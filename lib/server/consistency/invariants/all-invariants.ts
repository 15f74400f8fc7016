import { batchEquations } from '@/lib/server/consistency/invariants/batch-equations';
import { courseCounts } from '@/lib/server/consistency/invariants/course-counts';
import { creationEventsRule } from '@/lib/server/consistency/invariants/creation-events';
import { failedItemCounts } from '@/lib/server/consistency/invariants/failed-item-counts';
import { groupCounts } from '@/lib/server/consistency/invariants/group-counts';
import { instructorCounts } from '@/lib/server/consistency/invariants/instructor-counts';
import type { Invariant } from '@/lib/server/consistency/invariants/invariant';
import { leases } from '@/lib/server/consistency/invariants/leases';
import { pendingEffects } from '@/lib/server/consistency/invariants/pending-effects';
import type { InvariantName } from '@/lib/shared/consistency';

/** Every rule that a check covers. */
export const ALL_INVARIANTS: Record<InvariantName, Invariant> = {
  'course-counts': courseCounts,
  'instructor-counts': instructorCounts,
  'creation-events': creationEventsRule,
  'batch-equations': batchEquations,
  'failed-item-counts': failedItemCounts,
  'group-counts': groupCounts,
  leases,
  'pending-effects': pendingEffects,
};
