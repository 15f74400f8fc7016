import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { lateLane } from '@/lib/server/audit-log/event-writes';
import type { ShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { SEALS_LANE } from '@/lib/server/audit-log/seals/seal-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { processState } from '@/lib/server/process-state';
import { withRetry } from '@/lib/server/retry';
import { hourOf, hoursAfter, hoursBetween } from '@/lib/shared/audit-hour';
import type { AuditFilter } from '@/lib/shared/audit-log';
import { type HourCounts, sealSchema } from '@/lib/shared/audit-seal';

/** What is known of sealed hours: what each holds by itself, and how many events fell into it late. */
export type Directory = {
  counts: Map<string, HourCounts>;
  late: Map<string, number>;
  /** The first hour that is not sealed yet. */
  openFrom: string;
};

const sealItemSchema = z.object({
  eventKey: z.string(),
  seal: sealSchema,
  /** Hours into which late arrivals of this hour fell. */
  intoHours: z.record(z.string(), z.int()).default({}),
});

type Known = Directory & { table: string };

/** Sealed hours never change, so a process reads each of them once. */
const known = processState<{ directory?: Known }>('auditDirectory', () => ({}));

/** Hours without a seal whose late arrivals are looked up; where sealing is behind or off, no hour is taken as empty. */
const MOST_OPEN_HOURS = 6;

/**
 * What the sealed hours hold, up to now. Where an open hour has taken late arrivals, those are in it as well.
 * @throws {AppError} what DynamoDB answered
 */
export async function readDirectory(plan: ShardPlan, requestId: string): Promise<Directory> {
  const directory = await knownDirectory(plan, requestId);
  const open = hoursBetween(directory.openFrom, hourOf(new Date().toISOString()));
  if (open.length > MOST_OPEN_HOURS) return { ...directory, counts: new Map() };
  const arrivals = (await Promise.all(open.map((hour) => lateArrivals(hour, requestId)))).flat();
  if (arrivals.length === 0) return directory;
  const late = new Map(directory.late);
  for (const hour of arrivals) late.set(hour, (late.get(hour) ?? 0) + 1);
  return { ...directory, late };
}

/** Whether nothing that a filter asks for lies in an hour, for certain. */
export function holdsNothing(
  { counts, late }: Directory,
  hour: string,
  { action, code, outcome }: Pick<AuditFilter, 'action' | 'code' | 'outcome'>,
): boolean {
  const inHour = counts.get(hour);
  if (!inHour || late.has(hour)) return false;
  return (
    inHour.items === 0 ||
    (action?.every((name) => !inHour.actions[name]) ?? false) ||
    (code !== undefined && !inHour.codes[code]) ||
    (outcome === 'failure' && inHour.failures === 0)
  );
}

async function knownDirectory(plan: ShardPlan, requestId: string): Promise<Known> {
  const before = known.directory?.table === env.AUDIT_TABLE ? known.directory : undefined;
  const directory: Known = before ?? {
    ...{ table: env.AUDIT_TABLE, counts: new Map(), late: new Map(), openFrom: plan.firstHour },
  };
  const items = await sealItems(directory.openFrom, requestId);
  for (const { eventKey: hour, seal, intoHours } of items) {
    // Two readers at once may have got the same seals: the first one notes them.
    if (hour !== directory.openFrom) continue;
    directory.counts.set(hour, seal.counts);
    for (const [into, count] of Object.entries(intoHours)) {
      directory.late.set(into, (directory.late.get(into) ?? 0) + count);
    }
    directory.openFrom = hoursAfter(hour, 1);
  }
  known.directory = directory;
  return directory;
}

async function sealItems(fromHour: string, requestId: string) {
  const query = {
    KeyConditionExpression: 'lane = :lane AND eventKey >= :from',
    ExpressionAttributeValues: { ':lane': SEALS_LANE, ':from': fromHour },
  };
  return (await queryAll(query, requestId)).map((item) => sealItemSchema.parse(item));
}

/** The hours of those that arrived late in this hour. */
async function lateArrivals(hour: string, requestId: string): Promise<string[]> {
  const query = {
    KeyConditionExpression: 'lane = :lane',
    ExpressionAttributeValues: { ':lane': lateLane(hour) },
  };
  const items = await queryAll(query, requestId);
  return items.map(({ eventKey }) => String(eventKey).split('#')[1] ?? '');
}

type Query = { KeyConditionExpression: string; ExpressionAttributeValues: Record<string, string> };

async function queryAll(query: Query, requestId: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({ TableName: env.AUDIT_TABLE, ...query, ExclusiveStartKey: startKey });
    const context = { operation: 'readDirectory', requestId, maxRetries: env.MAX_RETRIES };
    const { Items = [], LastEvaluatedKey } = await withRetry(() => documentClient.send(command), context);
    items.push(...Items);
    startKey = LastEvaluatedKey;
  } while (startKey);
  return items;
}
