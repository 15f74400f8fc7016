import type { FailedItemFilter } from '@/lib/shared/failed-item';

/** A filter as it is searched for; `any` stands for every state, resolved ones as well. */
export type Search = Omit<FailedItemFilter, 'state'> & { state: FailedItemFilter['state'] | 'any' };

/** Whoever looks for an ID means that item, in whatever state it is by now. */
export function searchOf(filter: Search): Search {
  return filter.q !== undefined && filter.state === 'unresolved' ? { ...filter, state: 'any' } : filter;
}
