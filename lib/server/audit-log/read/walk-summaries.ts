import {
  type Budget,
  isBefore,
  isSpent,
  mergePartitions,
  type Stopped,
} from '@/lib/server/audit-log/read/merge-partitions';
import type { Partition, Range } from '@/lib/server/audit-log/read/partition';
import { partitionGroups, type ReadPlan } from '@/lib/server/audit-log/read/plan-read';
import { readRowOfAssignment } from '@/lib/server/audit-log/read/row-of-assignment';
import { matches, type SummaryItem, sortKey } from '@/lib/server/audit-log/read/summary-item';
import type { AuditFilter } from '@/lib/shared/audit-log';

/** Sorts behind every key of its instant, and behind '#'. */
const BEHIND = '#~';

type Walk = {
  plan: ReadPlan;
  filter: AuditFilter;
  order: Range['order'];
  /** Goes on behind this sort key. */
  after: string | undefined;
  /** Goes on with that key instead of behind it. */
  isAfterIncluded?: boolean;
  budget: Budget;
  perQuery: number;
  requestId: string;
};

/**
 * The items that match a filter, in one order, as far as the budget goes. It returns where it stopped, or undefined where
 * nothing is left.
 * @throws {AppError} what DynamoDB answered
 */
export async function* walkSummaries(walk: Walk): AsyncGenerator<SummaryItem, Stopped | undefined> {
  const { plan, filter, order, budget, requestId } = walk;
  const range = rangeOf(walk);
  if (range.first > range.last) return undefined;
  const merging = { range, budget, keep: keeper(walk), perQuery: walk.perQuery, requestId };
  const between = { from: range.first.slice(0, 24), to: range.last.slice(0, 24), order };
  const rows = plan.index === 'resource' ? await rowsInRange(filter, range, requestId) : [];
  const start = order === 'newest' ? range.last : range.first;
  let reached: string | undefined;
  for (const group of partitionGroups(plan, filter, between)) {
    if (reached !== undefined && isSpent(budget)) return { stoppedAt: reached };
    const stopped = yield* mergePartitions(group, merging, rows);
    if (stopped) return stopped;
    reached = edgeOf(group, reached ?? start, order);
  }
  return undefined;
}

function keeper({ filter, after, isAfterIncluded = false }: Walk): (item: SummaryItem) => boolean {
  const nowSeconds = Date.now() / 1000;
  return (item) => (isAfterIncluded || sortKey(item) !== after) && matches(item, filter, nowSeconds);
}

/** A row of a batch has its event in a segment, of which the index of resources knows nothing. */
async function rowsInRange(
  filter: AuditFilter,
  { first, last }: Range,
  requestId: string,
): Promise<SummaryItem[]> {
  const rows = await readRowOfAssignment(filter, requestId);
  return rows.filter((item) => sortKey(item) >= first && sortKey(item) <= last);
}

/** Keys between which a walk lies; a cursor narrows them. */
function rangeOf({ plan, order, after }: Walk): Range {
  const first = plan.from;
  const last = `${plan.to}${BEHIND}`;
  if (after === undefined) return { first, last, order };
  return order === 'newest'
    ? { first, last: after < last ? after : last, order }
    : { first: after > first ? after : first, last, order };
}

/** The end of a group that was read to its end, in the direction of reading: everything up to it is known. */
function edgeOf(group: Partition[], before: string, order: Range['order']): string {
  const spans = group.flatMap((partition) => spanOf(partition) ?? []).sort();
  const span = order === 'newest' ? spans[0] : spans.at(-1);
  if (span === undefined) return before;
  const edge = order === 'newest' ? firstInstant(span) : `${lastInstant(span)}${BEHIND}`;
  return isBefore(before, edge, order) ? edge : before;
}

/** The month, day or hour that a partition is of; none for those of one thing, request or batch. */
function spanOf({ index, value }: Partition): string | undefined {
  if (index === 'byActor') return /#(\d{4}-\d\d)$/.exec(value)?.[1];
  return /\d{4}-\d\d-\d\d(T\d\d)?/.exec(value)?.[0];
}

/** "2026-11", "2026-11-25" or "2026-11-25T06" as its first instant. */
function firstInstant(span: string): string {
  return `${span}${'0000-01-01T00:00:00.000Z'.slice(span.length)}`;
}

function lastInstant(span: string): string {
  const next = new Date(firstInstant(span));
  if (span.length === 7) next.setUTCMonth(next.getUTCMonth() + 1);
  else if (span.length === 10) next.setUTCDate(next.getUTCDate() + 1);
  else next.setUTCHours(next.getUTCHours() + 1);
  return new Date(next.getTime() - 1).toISOString();
}
