import { QueryCommand, type QueryCommandInput, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { hourLanes } from '@/lib/server/audit-log/audit-event-item';
import { lateLane } from '@/lib/server/audit-log/event-writes';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { HELD_TTL } from '@/lib/server/audit-log/legal-hold/hold-item';
import { retentionSeconds } from '@/lib/server/audit-log/retention';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { writeIf } from '@/lib/server/write-if';
import { AUDIT_ACTIONS } from '@/lib/shared/audit-event';

/** Nothing vanishes at once when a hold is released: whoever finds that it was a mistake has a week. */
const GRACE_SECONDS = 7 * 24 * 60 * 60;

const UPDATES_IN_FLIGHT = 16;

const LONGEST_SECONDS = Math.max(...AUDIT_ACTIONS.map(retentionSeconds));

const keySchema = z.object({ lane: z.string(), eventKey: z.string() });

const storedSchema = keySchema.extend({
  ttl: z.int(),
  /** Of events and segments. */
  action: z.enum(AUDIT_ACTIONS).optional(),
  time: z.string().optional(),
  /** Of a pointer: the event that arrived late. */
  late: keySchema.optional(),
});

type Stored = z.infer<typeof storedSchema>;

/**
 * Sets the expiry of everything that lies in an hour, or has arrived in it: never while the hold is on, and its own time
 * once it is released. What has its right expiry already is left alone, so doing it again is cheap.
 * @returns how many items were changed
 * @throws {AppError} what DynamoDB answered
 */
export async function followHour(hour: string, isOn: boolean, requestId: string): Promise<number> {
  const plan = await readShardPlan(requestId);
  const lanes = [...hourLanes(hour, plan), lateLane(hour)].map((lane) => ({
    KeyConditionExpression: 'lane = :lane',
    ExpressionAttributeValues: { ':lane': lane },
    ConsistentRead: true,
  }));
  const segments = {
    IndexName: 'bySegmentHour',
    KeyConditionExpression: 'segmentHour = :hour',
    ExpressionAttributeValues: { ':hour': hour },
  };
  let changed = 0;
  for (const query of [...lanes, segments]) {
    for await (const items of pagesOf(query, requestId)) changed += await followItems(items, isOn, requestId);
  }
  return changed;
}

async function* pagesOf(query: Partial<QueryCommandInput>, requestId: string): AsyncGenerator<Stored[]> {
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      ...query,
      TableName: env.AUDIT_TABLE,
      ProjectionExpression: 'lane, eventKey, #ttl, #action, #time, late',
      ExpressionAttributeNames: { '#ttl': 'ttl', '#action': 'action', '#time': 'time' },
      ExclusiveStartKey: startKey,
    });
    const context = { operation: 'followHour', requestId, maxRetries: env.MAX_RETRIES };
    const { Items = [], LastEvaluatedKey } = await withRetry(() => documentClient.send(command), context);
    yield Items.map((item) => storedSchema.parse(item));
    startKey = LastEvaluatedKey;
  } while (startKey);
}

async function followItems(items: Stored[], isOn: boolean, requestId: string): Promise<number> {
  const due = items.flatMap((item) => changesFor(item, isOn));
  let changed = 0;
  for (let start = 0; start < due.length; start += UPDATES_IN_FLIGHT) {
    const group = due.slice(start, start + UPDATES_IN_FLIGHT);
    const outcomes = await Promise.all(group.map((change) => setTtl(change, requestId)));
    changed += outcomes.filter(Boolean).length;
  }
  return changed;
}

type TtlChange = { key: z.infer<typeof keySchema>; ttl: number };

/** A pointer changes with the event that it names: that one lies in an hour that may have been walked already. */
function changesFor({ lane, eventKey, ttl, late, ...event }: Stored, isOn: boolean): TtlChange[] {
  const isRight = isOn === ttl >= HELD_TTL;
  const own = isRight
    ? []
    : [{ key: { lane, eventKey }, ttl: isOn ? HELD_TTL : releasedTtl({ ...event, late }) }];
  return late && isOn ? [...own, { key: late, ttl: HELD_TTL }] : own;
}

/** A pointer does not say what kind of event it names, and must not vanish before it: the seal would miss the event. */
function releasedTtl({ action, time, late }: Pick<Stored, 'action' | 'time' | 'late'>): number {
  const soonest = Math.floor(Date.now() / 1000) + GRACE_SECONDS;
  if (late)
    return Math.max(Math.floor(Date.parse(late.eventKey.slice(0, 24)) / 1000) + LONGEST_SECONDS, soonest);
  if (!action || !time) return soonest;
  return Math.max(Math.floor(Date.parse(time) / 1000) + retentionSeconds(action), soonest);
}

/** False where the item has vanished, or somebody has set it meanwhile. */
async function setTtl({ key, ttl }: TtlChange, requestId: string): Promise<boolean> {
  const command = new UpdateCommand({
    TableName: env.AUDIT_TABLE,
    Key: key,
    UpdateExpression: 'SET #ttl = :ttl',
    ConditionExpression: ttl >= HELD_TTL ? '#ttl < :held' : '#ttl = :held',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':ttl': ttl, ':held': HELD_TTL },
  });
  return writeIf(() => documentClient.send(command), { operation: 'followHour', requestId });
}
