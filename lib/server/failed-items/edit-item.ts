import { failedItemEvent } from '@/lib/server/audit-log/failed-item-event';
import { requireCourse } from '@/lib/server/courses/read-course';
import { changeItem, ITEM_AT } from '@/lib/server/failed-items/change-item';
import { type FailedItemItem, toFailedItem } from '@/lib/server/failed-items/failed-item';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import type { Asking, PayloadPatch } from '@/lib/server/failed-items/item-action';
import { countedMeanwhile } from '@/lib/server/failed-items/item-update';
import { isSamePayload, patchedPayload } from '@/lib/server/failed-items/patched-payload';
import { detailOf } from '@/lib/server/failed-items/read-failed-item';
import { readItem } from '@/lib/server/failed-items/read-items';
import { blockedRows } from '@/lib/server/failed-items/row-context';
import { storedItem } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';
import type { FailedItemDetail } from '@/lib/shared/failed-item';
import type { Actor } from '@/lib/shared/session';

/**
 * Changes what will be written of a failed item, if it is still at the version that the person saw. A change of nothing
 * writes nothing. The item stays in its group until it is tried again.
 * @throws {AppError} VALIDATION_ERROR with fields, CONDITIONAL_FAILED with the current item, NOT_FOUND
 */
export async function editFailedItem(
  id: string,
  { version, payload: patch }: { version: number; payload: PayloadPatch },
  actor: Actor,
  requestId: string,
): Promise<FailedItemDetail> {
  const item = await readItem(id, requestId);
  if (item.version !== version) throw changedMeanwhile(version, item);
  const asOf = new Date().toISOString();
  const edited = await editRead(item, patch, { actor, requestId, asOf, reason: null, bulkId: null });
  await noteGroups([item], requestId);
  return detailOf(edited, requestId);
}

/** Edits an item as it was just read; see `editFailedItem`. */
export async function editRead(
  item: FailedItemItem,
  patch: PayloadPatch,
  asking: Asking,
): Promise<FailedItemItem> {
  if (item.payload === null) throw notEditable('There is nothing to edit: no content would be written', item);
  if (item.state !== 'open' && item.state !== 'snoozed') {
    throw notEditable(`It is ${item.state}, so its content cannot be changed`, item);
  }
  const blocked = (await blockedRows([item], 'edit', asking.requestId)).get(item.id);
  if (blocked) throw notEditable(blocked, item);
  const payload = patchedPayload(item.payload, patch);
  if (isSamePayload(item.payload, payload)) return item;
  await requireCourse(payload.courseId, asking.requestId);
  const { actor, requestId, bulkId, reason } = asking;
  const set = { payload, title: payload.title, courseId: payload.courseId };
  const time = new Date().toISOString();
  const event = failedItemEvent({
    ...{ action: 'EDIT_FAILED_ITEM' as const, before: item, after: set, author: actor },
    ...{ requestId, time, reason, bulkId },
  });
  try {
    const expected = { version: item.version };
    return await changeItem({ before: item, change: { set }, expected, event, requestId });
  } catch (thrown) {
    const stored = storedItem(thrown, ITEM_AT);
    if (!stored) throw thrown;
    const counted = countedMeanwhile(item, stored);
    if (counted) return editRead(counted, patch, asking);
    throw changedMeanwhile(item.version, stored);
  }
}

function changedMeanwhile(seen: number, stored: Record<string, unknown>): AppError {
  const current = toFailedItem(stored);
  const message = `This item was changed meanwhile: you edited version ${seen}, it is now at version ${current.version}`;
  return new AppError('CONDITIONAL_FAILED', message, { current });
}

function notEditable(message: string, item: FailedItemItem): AppError {
  return new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business', current: toFailedItem(item) });
}
