import type { Act } from '@/lib/server/batches/bulk/act';
import { actOnFailedItems } from '@/lib/server/batches/bulk/act-on-failed-items';
import { rollBackTargets } from '@/lib/server/rollbacks/roll-back-targets';
import type { BulkKind } from '@/lib/shared/batch';

/** What each kind of bulk batch does to its targets. */
const ACTS: Record<BulkKind, Act> = {
  retry: actOnFailedItems,
  discard: actOnFailedItems,
  snooze: actOnFailedItems,
  restore: actOnFailedItems,
  rollback: rollBackTargets,
};

export function actOf(kind: BulkKind): Act {
  return ACTS[kind];
}
