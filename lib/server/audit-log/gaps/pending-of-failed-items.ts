import { keysOfIndex } from '@/lib/server/audit-log/gaps/keys-of-index';
import {
  addPending,
  NOTHING_PENDING,
  type Pending,
  pendingOf,
} from '@/lib/server/audit-log/gaps/pending-events';
import { env } from '@/lib/server/env';
import { LOOK_SHARD_KEYS } from '@/lib/server/failed-items/failed-item';
import { readItems } from '@/lib/server/failed-items/read-items';

/**
 * Events that lie on the failed items they tell of.
 * @throws {AppError} what DynamoDB answered
 */
export async function pendingOfFailedItems(requestId: string): Promise<Pending> {
  const shards = await Promise.all(LOOK_SHARD_KEYS.map((shard) => pendingOfShard(shard, requestId)));
  return shards.reduce(addPending, NOTHING_PENDING);
}

/** An item with an event to be written is due at once, so it stands before those that wait for their time. */
async function pendingOfShard(shard: string, requestId: string): Promise<Pending> {
  const { keys, hasMore } = await keysOfIndex(
    {
      TableName: env.FAILED_ITEMS_TABLE,
      IndexName: 'byNextLook',
      KeyConditionExpression: 'lookShard = :shard AND nextLookAt <= :now',
      ExpressionAttributeValues: { ':shard': shard, ':now': new Date().toISOString() },
    },
    requestId,
  );
  const places = keys.map(({ origin, itemKey }) => ({ origin: String(origin), itemKey: String(itemKey) }));
  const items = await readItems(places, requestId);
  const events = [...items.values()].flatMap(({ pendingEvents }) => pendingEvents);
  return { ...pendingOf(events), isAtLeast: hasMore };
}
