import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { groupKeys, itemPlace } from '@/lib/server/failed-items/failed-item';
import { GROUPS_ORIGIN, type GroupFacts, toGroup } from '@/lib/server/failed-items/groups/group-item';
import { countOf, groupTally } from '@/lib/server/failed-items/groups/group-tally';
import { walkFailedItems } from '@/lib/server/failed-items/walk-failed-items';
import { withRetry } from '@/lib/server/retry';
import { type FailedItemGroup, isUnresolved } from '@/lib/shared/failed-item';

/**
 * Counts the failed items of a cause as they are at this moment. Resolved items are only counted: what is told of courses,
 * batches and hours is about the unresolved ones, or about the last of them where none is left.
 * @throws {AppError} what DynamoDB answered
 */
export async function countGroup(facts: GroupFacts, requestId: string): Promise<FailedItemGroup> {
  const countedAt = new Date().toISOString();
  const { fingerprint } = facts;
  const earlier = await readGroup(fingerprint, requestId);
  const tally = groupTally({
    ...facts,
    firstAt: earlierOf(facts.firstAt, earlier?.firstAt),
    lastAt: laterOf(facts.lastAt, earlier?.lastAt),
  });
  const [succeeded, discarded] = await Promise.all([
    countBucket(fingerprint, 'succeeded', requestId),
    countBucket(fingerprint, 'discarded', requestId),
  ]);
  for await (const items of walkFailedItems({ state: 'unresolved', fingerprint }, { requestId })) {
    for (const item of items) tally.add(item);
  }
  const group = tally.group(countedAt);
  const counts = { ...group.counts, succeeded, discarded };
  if (!earlier || countOf(counts, isUnresolved) > 0) return { ...group, counts };
  const { courseIds, courseCount, batchIds, batchCount } = earlier;
  return { ...group, counts, courseIds, courseCount, batchIds, batchCount };
}

async function readGroup(itemKey: string, requestId: string): Promise<FailedItemGroup | undefined> {
  const command = new GetCommand({
    ...itemPlace({ origin: GROUPS_ORIGIN, itemKey }),
    ConsistentRead: true,
  });
  const context = { operation: 'countGroup', requestId, maxRetries: env.MAX_RETRIES };
  const { Item } = await withRetry(() => documentClient.send(command), context);
  return Item && toGroup(Item);
}

async function countBucket(
  fingerprint: string,
  bucket: 'succeeded' | 'discarded',
  requestId: string,
): Promise<number> {
  const counts = await Promise.all(groupKeys(fingerprint, bucket).map((key) => countKey(key, requestId)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function countKey(groupKey: string, requestId: string): Promise<number> {
  let count = 0;
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: env.FAILED_ITEMS_TABLE,
      IndexName: 'byGroup',
      KeyConditionExpression: 'groupKey = :key',
      ExpressionAttributeValues: { ':key': groupKey },
      Select: 'COUNT',
      ExclusiveStartKey: startKey,
    });
    const context = { operation: 'countGroup', requestId, maxRetries: env.MAX_RETRIES };
    const page = await withRetry(() => documentClient.send(command), context);
    count += page.Count ?? 0;
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return count;
}

function earlierOf(instant: string, other: string | undefined): string {
  return other !== undefined && other < instant ? other : instant;
}

function laterOf(instant: string, other: string | undefined): string {
  return other !== undefined && other > instant ? other : instant;
}
