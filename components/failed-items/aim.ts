import { itemName } from '@/components/failed-items/failed-item-labels';
import type { ActionTarget } from '@/lib/client/failed-items';
import { type FailedItemFilter, type FailedItemSummary, MOST_AT_ONCE } from '@/lib/shared/failed-item';

/** What the next action is about: some items, or all that match a filter; how many these are, and what to call them. */
export type Aim = { target: ActionTarget; count: number; name: string };

export function aimAtItems(items: readonly FailedItemSummary[]): Aim {
  const [first] = items;
  const name = first && items.length === 1 ? itemName(first) : `${items.length} items`;
  return { target: { ids: items.map(({ id }) => id) }, count: items.length, name };
}

export function aimAtFilter(filter: FailedItemFilter, count: number): Aim {
  return { target: { filter }, count, name: count === 1 ? '1 item' : `${count.toLocaleString('en')} items` };
}

/** Whether it is done at once. A larger one, or one whose size only the server knows, shows its plan first. */
export function isDoneAtOnce({ target }: Aim): boolean {
  return 'ids' in target && target.ids.length <= MOST_AT_ONCE;
}
