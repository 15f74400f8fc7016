import {
  type Budget,
  isBefore,
  isSpent,
  mergePartitions,
  type Stopped,
} from '@/lib/server/audit-log/read/merge-partitions';
import type { Range } from '@/lib/server/audit-log/read/partition';
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
function edgeOf(group: { value: string }[], before: string, order: Range['order']): string {
  const times = group.flatMap(({ value }) => /\d{4}-\d\d-\d\d(T\d\d)?/.exec(value)?.[0] ?? []).sort();
  const time = order === 'newest' ? times[0] : times.at(-1);
  if (time === undefined) return before;
  const padded = time.length > 10 ? time : `${time}T${order === 'newest' ? '00' : '23'}`;
  const edge = order === 'newest' ? `${padded}:00:00.000Z` : `${padded}:59:59.999Z${BEHIND}`;
  return isBefore(before, edge, order) ? edge : before;
}
