import { classifyError } from '@/lib/server/classify-error';
import { requireCourse } from '@/lib/server/courses/read-course';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import type { PayloadPatch } from '@/lib/server/failed-items/item-action';
import { patchedPayload } from '@/lib/server/failed-items/patched-payload';
import { readItems } from '@/lib/server/failed-items/read-items';
import { CONTENT_FIELDS, type NewAssignment } from '@/lib/shared/assignment';
import type { ActionPlan } from '@/lib/shared/failed-item';

type Preview = ActionPlan['preview'][number];

/**
 * What the same change would do to each of a few items, field by field, and what would be wrong with the result.
 * @throws {AppError} what DynamoDB answered
 */
export async function previewPatch(
  ids: string[],
  patch: PayloadPatch,
  requestId: string,
): Promise<Preview[]> {
  const items = await readItems(ids.map(keyOfId), requestId);
  return Promise.all(
    ids.flatMap((id) => {
      const item = items.get(id);
      return item ? [previewOf(item, patch, requestId)] : [];
    }),
  );
}

async function previewOf(item: FailedItemItem, patch: PayloadPatch, requestId: string): Promise<Preview> {
  const { id, title, payload } = item;
  if (payload === null) {
    return { id, title, changes: [], problem: 'There is nothing to edit: no content would be written' };
  }
  const changes = changesOf(payload, patch);
  try {
    const { courseId } = patchedPayload(payload, patch);
    await requireCourse(courseId, requestId);
    return { id, title, changes, problem: null };
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.code !== 'VALIDATION_ERROR') throw error;
    return { id, title, changes, problem: error.message };
  }
}

function changesOf(payload: NewAssignment, patch: PayloadPatch): Preview['changes'] {
  return CONTENT_FIELDS.flatMap((field) => {
    const [before, after] = [payload[field], patch[field]];
    if (after === undefined || after === before) return [];
    return [{ field, before: textOf(before), after: textOf(after) }];
  });
}

const textOf = (value: string | number | null) => String(value ?? '');
