import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { actorMonth, errorDays, hourLanes } from '@/lib/server/audit-log/audit-event-item';
import { readShardPlan, type ShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { type Directory, holdsNothing, readDirectory } from '@/lib/server/audit-log/read/directory';
import type { Partition } from '@/lib/server/audit-log/read/partition';
import { resourceKeyOf } from '@/lib/server/audit-log/read/summary-item';
import { actorsLane } from '@/lib/server/audit-log/seals/actor-counts';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { hourOf, hoursBetween } from '@/lib/shared/audit-hour';
import type { AuditFilter, AuditIndex } from '@/lib/shared/audit-log';

/** How an answer is read: which index, over which time, and how many items that is thought to be. */
export type ReadPlan = {
  index: AuditIndex;
  from: string;
  to: string;
  /** Items that lie in the index for the time, where that is known. */
  expected: number | undefined;
  directory: Directory;
  shards: ShardPlan;
};

/** Partitions that are merged with each other. Groups follow each other in time. */
export type PartitionGroup = Partition[];

/**
 * Takes the narrowest index for a filter: what names one thing, one request or one batch at once; otherwise failures, an
 * actor or all events of the time, whichever the directory says are fewest.
 * @throws {AppError} what DynamoDB answered
 */
export async function planRead(filter: AuditFilter, requestId: string): Promise<ReadPlan> {
  const shards = await readShardPlan(requestId);
  const directory = await readDirectory(shards, requestId);
  const now = new Date().toISOString();
  const trailBegins = `${shards.firstHour}:00:00.000Z`;
  const from = filter.from !== undefined && filter.from > trailBegins ? filter.from : trailBegins;
  const to = filter.to !== undefined && filter.to < now ? filter.to : now;
  const common = { from, to, directory, shards };
  if (filter.resource !== undefined) return { ...common, index: 'resource', expected: undefined };
  if (filter.requestId !== undefined) return { ...common, index: 'request', expected: undefined };
  if (filter.batchId !== undefined) return { ...common, index: 'batch', expected: undefined };
  const candidates = [
    { index: 'time' as const, expected: expectedIn(directory, from, to, ({ items }) => items) },
    ...(filter.outcome === 'failure' || filter.code !== undefined
      ? [{ index: 'errors' as const, expected: expectedIn(directory, from, to, ({ failures }) => failures) }]
      : []),
    ...(filter.actor === undefined
      ? []
      : [{ index: 'actor' as const, expected: await expectedOfActor(filter.actor, from, to, requestId) }]),
  ];
  // An index of fewer kinds of events wins where the counts are the same, or say nothing.
  const [narrowest = { index: 'time' as const, expected: undefined }] = candidates
    .reverse()
    .sort((a, b) => (a.expected ?? 0) - (b.expected ?? 0));
  return { ...common, ...narrowest };
}

type Counted = { items: number; failures: number };

/** The sum over the sealed hours of a time; the open hours come on top. */
function expectedIn(
  directory: Directory,
  from: string,
  to: string,
  count: (counts: Counted) => number,
): number {
  let sum = 0;
  const [first, last] = [hourOf(from), hourOf(to)];
  for (const [hour, counts] of directory.counts) {
    if (hour >= first && hour <= last) sum += count(counts) + (directory.late.get(hour) ?? 0);
  }
  return sum;
}

/** Items, as those of the hours are counted: the rows of a large batch are few of them. */
async function expectedOfActor(
  actorId: string,
  from: string,
  to: string,
  requestId: string,
): Promise<number> {
  const counts = await Promise.all(
    monthsBetween(from, to).map(async (month) => {
      const command = new GetCommand({
        TableName: env.AUDIT_TABLE,
        Key: { lane: actorsLane(month), eventKey: actorId },
      });
      const { Item } = await withRetry(() => documentClient.send(command), {
        operation: 'expectedOfActor',
        requestId,
        maxRetries: env.MAX_RETRIES,
      });
      return Number(Item?.items ?? 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Items that a group of partitions should hold, so that a page is read in few rounds. */
const ITEMS_PER_GROUP = 100;
const MOST_PER_GROUP = 40;
const DAYS_PER_GROUP = 7;

/** The groups of partitions of a plan that lie between two instants, in the order of reading. */
export function* partitionGroups(
  { index, shards, directory }: ReadPlan,
  filter: AuditFilter,
  { from, to, order }: { from: string; to: string; order: 'newest' | 'oldest' },
): Generator<PartitionGroup> {
  const inOrder = <Part>(parts: Part[]) => (order === 'newest' ? parts.reverse() : parts);
  switch (index) {
    case 'resource':
      yield [{ index: 'byResource', value: resourceKeyOf(filter.resource ?? '') }];
      return;
    case 'request':
      yield [{ index: 'byRequest', value: filter.requestId ?? '' }];
      return;
    case 'batch':
      yield [{ index: 'byBatch', value: filter.batchId ?? '' }];
      return;
    case 'actor':
      for (const month of inOrder(monthsBetween(from, to))) {
        yield [{ index: 'byActor', value: actorMonth(filter.actor ?? '', month) }];
      }
      return;
    case 'errors': {
      const days = inOrder(daysBetween(from, to));
      for (let at = 0; at < days.length; at += DAYS_PER_GROUP) {
        const values = days.slice(at, at + DAYS_PER_GROUP).flatMap(errorDays);
        yield values.map((value) => ({ index: 'byError' as const, value }));
      }
      return;
    }
    case 'time':
      yield* hourGroups(inOrder(hoursBetween(hourOf(from), hourOf(to))), { shards, directory }, filter);
  }
}

/** Hours that hold nothing of what is asked for are left out; sparse ones are read together. */
function* hourGroups(
  hours: string[],
  { shards, directory }: Pick<ReadPlan, 'shards' | 'directory'>,
  filter: AuditFilter,
): Generator<PartitionGroup> {
  let group: PartitionGroup = [];
  let expected = 0;
  for (const hour of hours) {
    if (holdsNothing(directory, hour, filter)) continue;
    const counts = directory.counts.get(hour);
    group.push(...hourPartitions(hour, shards, counts?.segments !== 0));
    expected += counts ? counts.items : ITEMS_PER_GROUP;
    if (expected >= ITEMS_PER_GROUP || group.length >= MOST_PER_GROUP) {
      yield group;
      group = [];
      expected = 0;
    }
  }
  if (group.length > 0) yield group;
}

/** Every partition in which something of an hour lies. */
export function hourPartitions(hour: string, shards: ShardPlan, hasSegments = true): Partition[] {
  return [
    ...hourLanes(hour, shards).map((value) => ({ value })),
    ...(hasSegments ? [{ index: 'bySegmentHour' as const, value: hour }] : []),
  ];
}

function monthsBetween(from: string, to: string): string[] {
  return [...new Set(daysBetween(from, to).map((day) => day.slice(0, 7)))];
}

function daysBetween(from: string, to: string): string[] {
  return [
    ...new Set(
      hoursBetween(`${from.slice(0, 10)}T00`, `${to.slice(0, 10)}T00`).map((hour) => hour.slice(0, 10)),
    ),
  ];
}
