import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { type FailedItemItem, toFailedItemItem } from '@/lib/server/failed-items/failed-item';
import { countedMeanwhile, itemUpdate } from '@/lib/server/failed-items/item-update';
import { withRetry } from '@/lib/server/retry';
import { storedItem } from '@/lib/server/stored-item';

/**
 * How long a claim holds: longer than all attempts of one retry take. Nothing depends on it but how soon somebody else may
 * go on, since what a late process still sends is refused by its claim.
 */
const LEASE_MS = 60_000;

/** An item in the hands of this process. `mayHaveLanded`: a former holder vanished, so the target is read first. */
export type ItemClaim = { item: FailedItemItem; leaseToken: string; mayHaveLanded: boolean };

/**
 * Claims an item, as it was read, for a retry.
 * @returns undefined where it has changed meanwhile: somebody else was quicker
 * @throws {AppError} what DynamoDB answered
 */
export async function claimItem(
  item: FailedItemItem,
  bulkId: string | null,
  requestId: string,
): Promise<ItemClaim | undefined> {
  const leaseToken = randomUUID();
  const set = {
    state: 'retrying' as const,
    leaseToken,
    leasedUntil: new Date(Date.now() + LEASE_MS).toISOString(),
    lastBulkId: bulkId,
    snoozedUntil: null,
  };
  const command = new UpdateCommand({
    ...itemUpdate(item, { set }, { version: item.version }),
    ReturnValues: 'ALL_NEW',
  });
  const mayHaveLanded = item.state === 'unknown' || item.state === 'retrying';
  try {
    const { Attributes } = await withRetry(() => documentClient.send(command), {
      operation: 'claimFailedItem',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
    return { item: toFailedItemItem(Attributes ?? {}), leaseToken, mayHaveLanded };
  } catch (thrown) {
    const stored = storedItem(thrown);
    if (!stored) throw thrown;
    const counted = countedMeanwhile(item, stored);
    if (counted) return claimItem(counted, bulkId, requestId);
    const isOurs = stored.leaseToken === leaseToken;
    return isOurs ? { item: toFailedItemItem(stored), leaseToken, mayHaveLanded } : undefined;
  }
}
