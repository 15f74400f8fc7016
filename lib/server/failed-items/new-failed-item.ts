import { type FailedItemItem, indexKeys } from '@/lib/server/failed-items/failed-item';
import { failureCause } from '@/lib/server/failed-items/failure-cause';
import { fingerprintOf } from '@/lib/server/failed-items/fingerprint';
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
  const particular = [...values, ...Object.values(what.payload ?? {}).map(String), what.assignmentId ?? ''];
  const item = {
    ...what,
    ...cause,
    state: 'open' as const,
    version: 1,
    fingerprint: fingerprintOf({ ...cause, kind: what.kind }, particular),
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
  };
  return { ...item, ...indexKeys(item) };
}
