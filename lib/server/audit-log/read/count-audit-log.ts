import { countInHour, isCounted } from '@/lib/server/audit-log/read/count-by-directory';
import { type Budget, unlimited } from '@/lib/server/audit-log/read/merge-partitions';
import { planRead, type ReadPlan } from '@/lib/server/audit-log/read/plan-read';
import type { SummaryItem } from '@/lib/server/audit-log/read/summary-item';
import { walkSummaries } from '@/lib/server/audit-log/read/walk-summaries';
import type { AuditAction } from '@/lib/shared/audit-event';
import { hourOf, hourStart, hoursBetween } from '@/lib/shared/audit-hour';
import type { AuditFilter } from '@/lib/shared/audit-log';

/** Events of one hour, or at one instant. */
export type Tally = { time: string; count: number; failures: number };

/** Actions of which an event can be a failure: of these the directory does not know how many are. */
const FALLIBLE: readonly AuditAction[] = ['SIGN_IN', 'RETRY_FAILED_ITEM'];

/**
 * How many events match, exactly: whole sealed hours by the directory, the rest by reading.
 * @throws {AppError} what DynamoDB answered
 */
export async function countAuditLog(filter: AuditFilter, requestId: string): Promise<number> {
  const plan = await planRead(filter, requestId);
  let sum = 0;
  for await (const { count } of tallies(plan, filter, { budget: unlimited(), requestId })) sum += count;
  return sum;
}

type Counting = { budget: Budget; requestId: string; isWithinHours?: boolean };

/**
 * What matches, counted: one tally for each hour that the directory knows, one for each item of the others, oldest first. Hours are
 * read item by item also where `isWithinHours` asks when in them it was. Returns false where the budget ended it early.
 * @throws {AppError} what DynamoDB answered
 */
export async function* tallies(
  plan: ReadPlan,
  filter: AuditFilter,
  counting: Counting,
): AsyncGenerator<Tally, boolean> {
  for (const { from, to, tally } of pieces(plan, filter, counting.isWithinHours ?? false)) {
    if (tally) yield tally;
    else if (!(yield* talliesByReading({ ...plan, from, to }, filter, counting))) return false;
  }
  return true;
}

async function* talliesByReading(
  plan: ReadPlan,
  filter: AuditFilter,
  { budget, requestId }: Counting,
): AsyncGenerator<Tally, boolean> {
  const range = { order: 'oldest', after: undefined } as const;
  const walk = walkSummaries({ plan, filter, ...range, budget, perQuery: 1000, requestId });
  let next = await walk.next();
  for (; !next.done; next = await walk.next()) yield tallyOfItem(next.value);
  return next.value === undefined;
}

function tallyOfItem(item: SummaryItem): Tally {
  if (item.kind === 'segment') return { time: item.ingestedAt, count: item.events, failures: 0 };
  return { time: item.time, count: 1, failures: item.outcome === 'failure' ? 1 : 0 };
}

type Piece = { from: string; to: string; tally?: Tally };

/** Hours that the directory counts, and the stretches between them that must be read. */
function* pieces(plan: ReadPlan, filter: AuditFilter, isWithinHours: boolean): Generator<Piece> {
  let open: Piece | undefined;
  for (const hour of hoursBetween(hourOf(plan.from), hourOf(plan.to))) {
    const piece = pieceOf(hour, plan, filter);
    if (piece.tally && !isWithinHours) {
      if (open) yield open;
      open = undefined;
      yield piece;
    } else {
      open = { from: open?.from ?? piece.from, to: piece.to };
    }
  }
  if (open) yield open;
}

/** An hour as far as it is asked for; what the directory says of it counts only where that is the whole hour. */
function pieceOf(hour: string, plan: ReadPlan, filter: AuditFilter): Piece {
  const end = `${hour}:59:59.999Z`;
  const [from, to] = [later(plan.from, hourStart(hour)), earlier(plan.to, end)];
  const tally = from === hourStart(hour) && to === end ? tallyOf(plan, filter, hour) : undefined;
  return tally ? { from, to, tally } : { from, to };
}

const later = (a: string, b: string) => (a > b ? a : b);
const earlier = (a: string, b: string) => (a < b ? a : b);

function tallyOf({ directory }: ReadPlan, filter: AuditFilter, hour: string): Tally | undefined {
  const counts = directory.counts.get(hour);
  if (!counts || !isCounted(directory, hour)) return undefined;
  if (counts.items === 0) return { time: hourStart(hour), count: 0, failures: 0 };
  if (filter.action?.some((action) => FALLIBLE.includes(action))) return undefined;
  const count = countInHour(counts, filter);
  if (count === undefined) return undefined;
  const { action, outcome } = filter;
  const failures = action || outcome === 'success' ? 0 : Math.min(counts.failures, count);
  return { time: hourStart(hour), count, failures };
}
