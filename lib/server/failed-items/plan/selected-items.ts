import { type FailedItemItem, toFailedItem } from '@/lib/server/failed-items/failed-item';
import { type FailedItemKey, keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { readItems } from '@/lib/server/failed-items/read-items';
import { walkFailedItems } from '@/lib/server/failed-items/walk-failed-items';
import type { FailedItemFilter, FailedItemSummary } from '@/lib/shared/failed-item';

/** Items by their ids, or all that match a filter. */
export type Selection = { ids: string[]; filter?: undefined } | { ids?: undefined; filter: FailedItemFilter };

/** Some of the selected items; `missing` counts ids that no item has. */
export type Selected = { items: FailedItemSummary[]; missing: number };

const IDS_AT_ONCE = 100;

/**
 * The selected items, some at a time, as they are at this moment. What failed first after `asOf` is not selected by a
 * filter.
 * @throws {AppError} what DynamoDB answered
 */
export async function* selectedItems(
  selection: Selection,
  { asOf, requestId }: { asOf: string; requestId: string },
): AsyncGenerator<Selected> {
  if (selection.filter) {
    for await (const items of walkFailedItems(selection.filter, { asOf, requestId })) {
      yield { items, missing: 0 };
    }
    return;
  }
  const ids = [...new Set(selection.ids)];
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const some = ids.slice(start, start + IDS_AT_ONCE);
    const found = await readItems(some.flatMap(knownKey), requestId);
    const items = some.flatMap((id) => summaryOf(found.get(id)));
    yield { items, missing: some.length - items.length };
  }
}

function summaryOf(item: FailedItemItem | undefined): FailedItemSummary[] {
  if (!item) return [];
  const { payload: _payload, attempts: _attempts, ...summary } = toFailedItem(item);
  return [summary];
}

/** An id that is none of ours names no item. */
function knownKey(id: string): FailedItemKey[] {
  try {
    return [keyOfId(id)];
  } catch {
    return [];
  }
}
