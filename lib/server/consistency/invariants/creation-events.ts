import { checkAssignments } from '@/lib/server/consistency/invariants/check-assignments';
import { checkBatchEvents } from '@/lib/server/consistency/invariants/check-batch-events';
import { checkEvents } from '@/lib/server/consistency/invariants/check-events';
import { type Invariant, segmented } from '@/lib/server/consistency/invariants/invariant';
import { planEvents } from '@/lib/server/consistency/invariants/plan-events';

/**
 * Each assignment has exactly one creation event, and each creation event an assignment or its deletion. Checked from three
 * sides: assignment by assignment, chunk by chunk of the batches (whose events lie in segments), and event by event. A
 * difference shows how many events or assignments there are and should be. A missing event is written again from what is
 * stored, where that is still as it was created; what is too many stays, because nothing is taken out of the audit trail.
 */
export const creationEventsRule: Invariant = {
  name: 'creation-events',
  parts: [
    ...segmented('assignments', 4, checkAssignments),
    ...segmented('batches', 1, checkBatchEvents),
    ...segmented('events', 4, checkEvents),
  ],
  plan: planEvents,
};
