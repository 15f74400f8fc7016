import { batchGet } from '@/lib/server/batch-get';
import { env } from '@/lib/server/env';
import { type FailedItemItem, toFailedItemItem } from '@/lib/server/failed-items/failed-item';
import { type FailedItemKey, failedItemNotFound, keyOfId } from '@/lib/server/failed-items/failed-item-key';

/** Keys of one BatchGetItem call. */
const MOST_KEYS = 100;

/**
 * Reads failed items by their keys as they are at this moment, by id; those that do not exist are left out.
 * @throws {AppError} what DynamoDB answered
 */
export async function readItems(
  keys: FailedItemKey[],
  requestId: string,
): Promise<Map<string, FailedItemItem>> {
  const found = new Map<string, FailedItemItem>();
  for (let start = 0; start < keys.length; start += MOST_KEYS) {
    const group = keys.slice(start, start + MOST_KEYS).map(({ origin, itemKey }) => ({ origin, itemKey }));
    const items = await batchGet(env.FAILED_ITEMS_TABLE, group, {
      operation: 'readFailedItems',
      requestId,
    });
    for (const item of items.map(toFailedItemItem)) found.set(item.id, item);
  }
  return found;
}

/**
 * Reads one failed item as it is at this moment.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function readItem(id: string, requestId: string): Promise<FailedItemItem> {
  const item = (await readItems([keyOfId(id)], requestId)).get(id);
  if (!item) throw failedItemNotFound(id);
  return item;
}
