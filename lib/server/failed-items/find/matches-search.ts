import type { Search } from '@/lib/server/failed-items/find/search';
import { readSearchText } from '@/lib/server/failed-items/find/search-text';
import { type FailedItemSummary, isUnresolved } from '@/lib/shared/failed-item';

/** Fields that a search compares as they are. */
const COMPARED = ['kind', 'code', 'class', 'fingerprint', 'batchId', 'courseId'] as const;

/** Whether an item is among those that are searched for. */
export function matchesSearch(item: FailedItemSummary, search: Search): boolean {
  const { actorId, from, to, q } = search;
  return (
    matchesState(item, search) &&
    COMPARED.every((field) => search[field] === undefined || search[field] === item[field]) &&
    (actorId === undefined || item.actor.id === actorId) &&
    (from === undefined || item.firstAt >= from) &&
    (to === undefined || item.firstAt <= to) &&
    (q === undefined || matchesText(item, q))
  );
}

function matchesState({ state }: FailedItemSummary, search: Search): boolean {
  if (search.state === 'any') return true;
  return search.state === 'unresolved' ? isUnresolved(state) : state === search.state;
}

function matchesText(item: FailedItemSummary, q: string): boolean {
  const text = readSearchText(q);
  switch (text.kind) {
    case 'row':
      return item.rowNumber === text.rowNumber;
    case 'batch':
      return item.batchId === text.batchId;
    case 'id':
      return item.assignmentId === text.id || item.requestId === text.id;
    case 'item':
      // It was read by its key.
      return true;
  }
}
