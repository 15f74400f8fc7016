import { examineItems } from '@/lib/server/failed-items/find/examine-items';
import { type Search, searchOf } from '@/lib/server/failed-items/find/search';
import type { FailedItemSummary } from '@/lib/shared/failed-item';

type Walking = {
  /** Leaves out what failed first later than this (ISO instant). */
  asOf?: string;
  requestId: string;
};

/** Items that are handed on together. */
const GROUP_SIZE = 200;
const READ_AHEAD = 2000;

/**
 * Every failed item that a filter matches, oldest first or in the order of a batch's file, some at a time: as many as there
 * are, in constant memory.
 * @throws {AppError} what DynamoDB answered
 */
export async function* walkFailedItems(
  filter: Search,
  { asOf, requestId }: Walking,
): AsyncGenerator<FailedItemSummary[]> {
  const examining = {
    order: 'asc' as const,
    asOf,
    wanted: READ_AHEAD,
    operation: 'walkFailedItems',
    requestId,
  };
  let group: FailedItemSummary[] = [];
  for await (const { match } of examineItems(searchOf(filter), examining)) {
    if (match) group.push(match);
    if (group.length < GROUP_SIZE) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
