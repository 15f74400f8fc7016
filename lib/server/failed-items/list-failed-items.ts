import * as z from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { examineItems } from '@/lib/server/failed-items/find/examine-items';
import { searchOf } from '@/lib/server/failed-items/find/search';
import type { Page } from '@/lib/shared/api';
import type { FailedItemList, FailedItemSummary } from '@/lib/shared/failed-item';

/** How many items one page looks at: a rare match ends in a short page with a cursor instead of a slow answer. */
const MOST_EXAMINED = 2000;

const cursorSchema = z.object({ after: z.string().min(1).max(1000) });

/**
 * Lists failed items by the time of their first failure, or by row where a batch is named. Whoever pages through meets each
 * item that stays in the list once, while others are being fixed. A search for an ID finds resolved items as well.
 * @throws {AppError} VALIDATION_ERROR for a foreign cursor, or what DynamoDB answered
 */
export async function listFailedItems(
  { order, cursor, limit, ...filter }: FailedItemList,
  requestId: string,
): Promise<Page<FailedItemSummary>> {
  const after = cursor && decodeCursor(cursor, cursorSchema).after;
  const items: FailedItemSummary[] = [];
  let examined = 0;
  let last = '';
  const examining = { order, after, wanted: limit + 1, operation: 'listFailedItems', requestId };
  for await (const { position, match } of examineItems(searchOf(filter), examining)) {
    const isFull = match !== undefined && items.length === limit;
    if (isFull || examined === MOST_EXAMINED) return { items, cursor: encodeCursor({ after: last }) };
    examined++;
    last = position;
    if (match) items.push(match);
  }
  return { items, cursor: null };
}
