import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { hourLanes } from '@/lib/server/audit-log/audit-event-item';
import { lateLane } from '@/lib/server/audit-log/event-writes';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { batchGet } from '@/lib/server/batch-get';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { hourOf } from '@/lib/shared/audit-hour';

type Item = Record<string, unknown>;

/** Where a reading of an hour goes on: in which of its places, behind which key. */
export type HourPlace = { place: number; after: string };

export const HOUR_START: HourPlace = { place: 0, after: '' };

/** Items of one piece; whole items of segments and late events are fetched with one call. */
const AT_ONCE = { lane: 500, listed: 50 };

/**
 * The next stored items that one hour's seal is about, as they lie there, strongly consistent: events of its lanes without those
 * that came late, segments that were written in it, and events of other hours that arrived in it.
 * @returns the items, and where to go on; `next` is undefined at the end
 * @throws {AppError} what DynamoDB answered
 */
export async function hourItems(
  hour: string,
  { place, after }: HourPlace,
  requestId: string,
): Promise<{ items: Item[]; next: HourPlace | undefined }> {
  const lanes = hourLanes(hour, await readShardPlan(requestId));
  const lane = lanes[place];
  const page = lane
    ? await laneItems(lane, after, requestId)
    : await (place === lanes.length ? segmentItems : lateItems)(hour, after, requestId);
  const isLastPlace = place === lanes.length + 1;
  const next = page.last === undefined ? { place: place + 1, after: '' } : { place, after: page.last };
  return { items: page.items, next: isLastPlace && page.last === undefined ? undefined : next };
}

/** Names an item in lists and findings. */
export function itemId({ lane, eventKey }: Item): string {
  return `${String(lane)}|${String(eventKey)}`;
}

/** `last` is the key to go on behind; undefined at the end. */
type Piece = { items: Item[]; last: string | undefined };

async function laneItems(lane: string, after: string, requestId: string): Promise<Piece> {
  const { Items = [], LastEvaluatedKey } = await query(
    {
      KeyConditionExpression: 'lane = :lane AND eventKey > :after',
      ExpressionAttributeValues: { ':lane': lane, ':after': after || ' ' },
      ConsistentRead: true,
      Limit: AT_ONCE.lane,
    },
    requestId,
  );
  const own = Items.filter(({ lateHour }) => lateHour === undefined);
  const others = Items.filter(({ lateHour }) => lateHour !== undefined);
  return {
    items: [...own, ...(await notListedAsLate(others, requestId))],
    last: LastEvaluatedKey && String(LastEvaluatedKey.eventKey),
  };
}

/**
 * Of items that say they came late, those that no hour lists as its own. They count for the hour they lie in: otherwise
 * whoever puts in an event could keep it out of every seal by that word.
 */
async function notListedAsLate(items: Item[], requestId: string): Promise<Item[]> {
  const now = new Date();
  const alive = items.filter(({ ttl }) => Number(ttl) * 1000 > now.getTime());
  const pointers = alive.filter((item) => isPastHour(item, now)).map(pointerOf);
  const listed = new Set<string>();
  for (let start = 0; start < pointers.length; start += AT_ONCE.listed) {
    const found = await wholeItems(pointers.slice(start, start + AT_ONCE.listed), requestId);
    for (const pointer of found) listed.add(itemId(pointer));
  }
  return alive.filter((item) => !listed.has(itemId(pointerOf(item))));
}

/** An hour that never comes is never sealed. */
function isPastHour({ lateHour, eventKey }: Item, now: Date): boolean {
  const hour = String(lateHour);
  return hour > hourOf(String(eventKey)) && hour <= hourOf(now.toISOString());
}

function pointerOf({ lane, eventKey, lateHour }: Item): Item {
  return { lane: lateLane(String(lateHour)), eventKey: `${String(lane)}#${String(eventKey)}` };
}

async function segmentItems(hour: string, after: string, requestId: string): Promise<Piece> {
  const { Items = [], LastEvaluatedKey } = await query(
    {
      IndexName: 'bySegmentHour',
      KeyConditionExpression: 'segmentHour = :hour AND timeKey > :after',
      ExpressionAttributeValues: { ':hour': hour, ':after': after || ' ' },
      ProjectionExpression: 'lane, eventKey, timeKey',
      Limit: AT_ONCE.listed,
    },
    requestId,
  );
  const keys = Items.map(({ lane, eventKey }) => ({ lane, eventKey }));
  return {
    items: await wholeItems(keys, requestId),
    last: LastEvaluatedKey && String(LastEvaluatedKey.timeKey),
  };
}

async function lateItems(hour: string, after: string, requestId: string): Promise<Piece> {
  const { Items = [], LastEvaluatedKey } = await query(
    {
      KeyConditionExpression: 'lane = :lane AND eventKey > :after',
      ExpressionAttributeValues: { ':lane': lateLane(hour), ':after': after || ' ' },
      ConsistentRead: true,
      Limit: AT_ONCE.listed,
    },
    requestId,
  );
  const keys = Items.map(({ eventKey }) => {
    const [, lane = '', key = ''] = /^(A#[^#]*#\d+)#(.*)$/.exec(String(eventKey)) ?? [];
    return { lane, eventKey: key };
  });
  return {
    items: await wholeItems(keys, requestId),
    last: LastEvaluatedKey && String(LastEvaluatedKey.eventKey),
  };
}

function wholeItems(keys: Item[], requestId: string): Promise<Item[]> {
  return batchGet(env.AUDIT_TABLE, keys, { operation: 'hourItems', requestId });
}

function query(input: Omit<QueryCommandInput, 'TableName'>, requestId: string) {
  const command = new QueryCommand({ TableName: env.AUDIT_TABLE, ...input });
  return withRetry(() => documentClient.send(command), {
    operation: 'hourItems',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
}
