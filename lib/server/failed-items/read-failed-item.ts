import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { batchGet } from '@/lib/server/batch-get';
import { env } from '@/lib/server/env';
import { whyNotEligible } from '@/lib/server/failed-items/eligibility';
import { type FailedItemItem, toFailedItem } from '@/lib/server/failed-items/failed-item';
import { readItem } from '@/lib/server/failed-items/read-items';
import { findLanded } from '@/lib/server/failed-items/retry/find-landed';
import { blockedRows } from '@/lib/server/failed-items/row-context';
import { type FailedItemDetail, isUnresolved } from '@/lib/shared/failed-item';

/**
 * Reads one failed item with the assignment that stands under its ID at this moment, and why it cannot be retried now.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function readFailedItem(id: string, requestId: string): Promise<FailedItemDetail> {
  return detailOf(await readItem(id, requestId), requestId);
}

/** What the page of an item shows, for an item that was just read or changed. */
export async function detailOf(item: FailedItemItem, requestId: string): Promise<FailedItemDetail> {
  // Effects and undos write no assignment of their own that could land.
  const landed = item.payload === null ? undefined : await findLanded(item, requestId);
  const target = landed ?? (await readTarget(item, requestId));
  const blocked = (await blockedRows([item], 'retry', requestId)).get(item.id);
  return {
    ...toFailedItem(item),
    target: target ? toAssignment(target) : null,
    hasLanded: landed !== undefined && isUnresolved(item.state),
    blocked: blocked ?? whyNotEligible(item, 'retry', new Date().toISOString()),
  };
}

async function readTarget({ assignmentId }: FailedItemItem, requestId: string) {
  if (assignmentId === null) return undefined;
  const options = { operation: 'readFailedItem', requestId };
  const [target] = await batchGet(env.ASSIGNMENTS_TABLE, [{ assignmentId }], options);
  return target;
}
