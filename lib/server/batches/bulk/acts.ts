import type { Act } from '@/lib/server/batches/bulk/act';
import { actOnFailedItems } from '@/lib/server/batches/bulk/act-on-failed-items';
import { AppError } from '@/lib/shared/app-error';
import type { BulkKind } from '@/lib/shared/batch';

const notThereYet: Act = async () => {
  throw new AppError('SYSTEM_ERROR', 'Nothing can be done with these items yet');
};

/** What each kind of bulk batch does to its targets. */
const ACTS: Record<BulkKind, Act> = {
  retry: actOnFailedItems,
  discard: actOnFailedItems,
  snooze: actOnFailedItems,
  restore: actOnFailedItems,
  rollback: notThereYet,
};

export function actOf(kind: BulkKind): Act {
  return ACTS[kind];
}
