import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { readShardPlan, type ShardPlan, shardsAt } from '@/lib/server/audit-log/lanes/shard-plan';
import { itemId } from '@/lib/server/audit-log/seals/hour-items';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { hourOf } from '@/lib/shared/audit-hour';
import type { SealFinding } from '@/lib/shared/audit-seal';

type Item = Record<string, unknown>;

/**
 * Items that an index shows to readers although they lie where no seal will ever be over them: in a lane that no plan knows, or
 * as a segment of no hour. Reads the whole table once; segments from before there were seals are in no index.
 * @throws {AppError} what DynamoDB answered
 */
export async function findOutsideSeals(requestId: string): Promise<SealFinding[]> {
  const plan = await readShardPlan(requestId);
  const outside: Item[] = [];
  let startKey: Item | undefined;
  do {
    const command = new ScanCommand({
      TableName: env.AUDIT_TABLE,
      ProjectionExpression: 'lane, eventKey, timeKey, segmentHour, #ttl',
      FilterExpression: 'attribute_exists(timeKey) OR attribute_exists(resourceKey)',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ConsistentRead: true,
      ExclusiveStartKey: startKey,
    });
    const context = { operation: 'findOutsideSeals', requestId, maxRetries: env.MAX_RETRIES };
    const { Items = [], LastEvaluatedKey } = await withRetry(() => documentClient.send(command), context);
    outside.push(...Items.filter((item) => isShown(item) && !isUnderSeals(item, plan)));
    startKey = LastEvaluatedKey;
  } while (startKey);
  return outside.map(toFinding);
}

const isShown = ({ ttl }: Item) => Number(ttl) * 1000 > Date.now();

function isUnderSeals({ lane, segmentHour }: Item, plan: ShardPlan): boolean {
  const [, laneHour, shard] = /^A#(\d{4}-\d\d-\d\dT\d\d)#(\d+)$/.exec(String(lane)) ?? [];
  if (laneHour) return isHourOf(laneHour, plan) && Number(shard) < shardsAt(plan, laneHour);
  return String(lane).startsWith('S#') && isHourOf(String(segmentHour), plan);
}

/** Clocks of processes differ by less than an hour. */
const AHEAD_MS = 60 * 60 * 1000;

function isHourOf(hour: string, { firstHour }: ShardPlan): boolean {
  const latest = hourOf(new Date(Date.now() + AHEAD_MS).toISOString());
  return hour.length === firstHour.length && hour >= firstHour && hour <= latest;
}

function toFinding(item: Item): SealFinding {
  const id = itemId(item);
  const hour = hourOf(String(item.timeKey ?? item.eventKey));
  const message = `Hour ${hour}: ${id}: added where no seal is over it, though lists show it`;
  return { hour, fault: 'added', items: [id], message };
}
