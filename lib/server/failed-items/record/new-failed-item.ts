import { type FailedItemItem, indexKeys, lookShard, nextLookAt } from '@/lib/server/failed-items/failed-item';
import { failureCause } from '@/lib/server/failed-items/record/failure-cause';
import { fingerprintOf } from '@/lib/server/failed-items/record/fingerprint';
import type { AppError } from '@/lib/shared/app-error';

type What = Pick<
  FailedItemItem,
  | 'id'
  | 'origin'
  | 'itemKey'
  | 'kind'
  | 'payload'
  | 'title'
  | 'courseId'
  | 'assignmentId'
  | 'writeToken'
  | 'mayTakeNewId'
  | 'batchId'
  | 'rowNumber'
  | 'row'
  | 'counted'
  | 'actor'
  | 'requestId'
> & {
  /** What is particular to it and may stand in a message: cells, for example. */
  values: readonly string[];
};

/** A failed item as it is stored first, with the keys of its indexes. */
export type NewFailedItem = ReturnType<typeof newFailedItem>;

/** The record of something that failed with this error just now. */
export function newFailedItem(error: AppError, { values, ...what }: What) {
  const now = new Date().toISOString();
  const cause = failureCause(error);
  const item = {
    ...what,
    ...cause,
    state: 'open' as const,
    version: 1,
    fingerprint: fingerprintOf({ ...cause, kind: what.kind }, [...values, ...particularValues(what)]),
    attempts: [
      {
        ...{ at: now, requestId: what.requestId, outcome: 'failed' as const },
        ...{ code: cause.code, class: cause.class, message: cause.message },
        ...{ actor: null, bulkId: null },
      },
    ],
    attemptCount: 1,
    firstAt: now,
    lastAt: now,
    snoozedUntil: null,
    discardReason: null,
    lastBulkId: null,
    pendingEvents: [],
  };
  const lookAt = nextLookAt(item);
  return {
    ...item,
    ...indexKeys(item),
    ...(lookAt ? { lookShard: lookShard(item.id), nextLookAt: lookAt } : {}),
  };
}

/** What is particular to an item and may stand in a message about it. */
export function particularValues({
  payload,
  assignmentId,
}: Pick<FailedItemItem, 'payload' | 'assignmentId'>): string[] {
  return [...Object.values(payload ?? {}).map(String), assignmentId ?? ''];
}
