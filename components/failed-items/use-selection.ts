'use client';

import { useState } from 'react';
import { type Aim, aimAtFilter, aimAtItems } from '@/components/failed-items/aim';
import type { FailedItemFilter, FailedItemSummary } from '@/lib/shared/failed-item';

/** Items by name, or everything that matches a filter. */
type Selected =
  | { kind: 'items'; items: ReadonlyMap<string, FailedItemSummary> }
  | { kind: 'all'; filter: FailedItemFilter; count: number };

const NO_ITEMS: ReadonlyMap<string, FailedItemSummary> = new Map();

const NONE: Selected = { kind: 'items', items: NO_ITEMS };

/** What is selected; it survives paging and reading again, and ends when another filter is chosen. */
export function useSelection(filter: FailedItemFilter) {
  const [{ selected, of }, set] = useState({ selected: NONE, of: filter });
  const current = of === filter ? selected : NONE;
  const select = (next: Selected) => set({ selected: next, of: filter });
  const items = current.kind === 'items' ? current.items : NO_ITEMS;

  /** Selects items, or takes them out where all of them are selected already. */
  function toggle(toggled: readonly FailedItemSummary[]) {
    const next = new Map(items);
    const areIn = toggled.every(({ id }) => next.has(id));
    for (const item of toggled) {
      if (areIn) next.delete(item.id);
      else next.set(item.id, item);
    }
    select({ kind: 'items', items: next });
  }

  return {
    items,
    isAll: current.kind === 'all',
    isAllOf: (fingerprint: string) => current.kind === 'all' && current.filter.fingerprint === fingerprint,
    has: (item: FailedItemSummary) => isIn(current, item),
    toggle,
    /** Everything that matches, also what other pages show. */
    selectAll: (all: FailedItemFilter, count: number) => select({ kind: 'all', filter: all, count }),
    clear: () => select(NONE),
    /** Undefined where nothing is selected. */
    aim: aimOf(current),
  };
}

function isIn(selected: Selected, { id, fingerprint }: FailedItemSummary): boolean {
  if (selected.kind === 'items') return selected.items.has(id);
  return [undefined, fingerprint].includes(selected.filter.fingerprint);
}

export type ItemSelection = ReturnType<typeof useSelection>;

function aimOf(selected: Selected): Aim | undefined {
  if (selected.kind === 'all') return aimAtFilter(selected.filter, selected.count);
  return selected.items.size > 0 ? aimAtItems([...selected.items.values()]) : undefined;
}
