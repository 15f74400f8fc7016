import { queryStored } from '@/lib/server/consistency/read-stored';
import { env } from '@/lib/server/env';
import { laneInstants } from '@/lib/server/metrics/metric-lane';
import type { Step } from '@/lib/shared/metrics';

type Item = Record<string, unknown>;

/** From the first step to the last, both included, by their first milliseconds. */
export type Span = { step: Step; fromMs: number; lastMs: number };

/** Sorts behind every key that begins with the same instant. */
const BEHIND = '~';

/**
 * What lies in these partitions from one step to another, oldest first. Items that have expired and are not deleted yet are left out.
 * @throws {AppError} what DynamoDB answered
 */
export async function queryLanes(
  laneAt: (atMs: number) => string,
  { step, fromMs, lastMs }: Span,
  requestId: string,
): Promise<Item[]> {
  const lanes = laneInstants(step, fromMs, lastMs).map(laneAt);
  const pages = await Promise.all(lanes.map((lane) => queryLane(lane, { fromMs, lastMs }, requestId)));
  const nowSeconds = Date.now() / 1000;
  return pages.flat().filter(({ ttl }) => Number(ttl) > nowSeconds);
}

async function queryLane(
  lane: string,
  { fromMs, lastMs }: Pick<Span, 'fromMs' | 'lastMs'>,
  requestId: string,
): Promise<Item[]> {
  const query = {
    TableName: env.METRICS_TABLE,
    KeyConditionExpression: 'lane = :lane AND itemKey BETWEEN :from AND :last',
    ExpressionAttributeValues: {
      ':lane': lane,
      ':from': new Date(fromMs).toISOString(),
      ':last': `${new Date(lastMs).toISOString()}${BEHIND}`,
    },
    ConsistentRead: true,
  };
  const items: Item[] = [];
  for await (const page of queryStored(query, requestId)) items.push(...page);
  return items;
}
