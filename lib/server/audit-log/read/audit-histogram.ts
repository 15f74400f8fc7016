import { tallies } from '@/lib/server/audit-log/read/count-audit-log';
import { newBudget } from '@/lib/server/audit-log/read/merge-partitions';
import { planRead } from '@/lib/server/audit-log/read/plan-read';
import { AppError } from '@/lib/shared/app-error';
import type { AuditFilter, AuditHistogram } from '@/lib/shared/audit-log';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Widths of a bar, each a whole part or a multiple of an hour. */
const WIDTHS = [1, 5, 15, 60, 180, 360, 720, 1440, 2880, 10_080, 43_200].map(
  (minutes) => minutes * MINUTE_MS,
);

/** Without a beginning the bars show this much at most. */
const DEFAULT_MS = 30 * 24 * HOUR_MS;

/** What is not counted ahead is read, but not without end. */
const MOST_READ = 20_000;
const MOST_READ_MS = 2000;

/**
 * How many events match over time, in at most so many bars, which begin at whole minutes or hours.
 * @throws {AppError} VALIDATION_ERROR for a time that ends before it begins, or what DynamoDB answered
 */
export async function auditHistogram(
  { bars: most, ...filter }: AuditFilter & { bars: number },
  requestId: string,
): Promise<AuditHistogram> {
  const whole = await planRead(filter, requestId);
  const endsAt = Date.parse(whole.to);
  const from =
    filter.from === undefined
      ? Math.max(Date.parse(whole.from), endsAt - DEFAULT_MS)
      : Date.parse(whole.from);
  if (from > endsAt) throw endsBeforeItBegins(filter);
  const width = WIDTHS.find((candidate) => (endsAt - from) / candidate <= most - 1) ?? DEFAULT_MS;
  const begin = from - (from % width);
  const counts = Array.from({ length: Math.floor((endsAt - begin) / width) + 1 }, () => ({
    count: 0,
    failures: 0,
  }));
  const plan = { ...whole, from: new Date(from).toISOString() };
  const budget = newBudget(MOST_READ, MOST_READ_MS);
  const walk = tallies(plan, filter, { budget, requestId, isWithinHours: width < HOUR_MS });
  let isExact = true;
  for (;;) {
    const next = await walk.next();
    if (next.done) {
      isExact = next.value;
      break;
    }
    const bar = counts[Math.floor((Date.parse(next.value.time) - begin) / width)];
    if (!bar) continue;
    bar.count += next.value.count;
    bar.failures += next.value.failures;
  }
  const edge = (at: number) => new Date(begin + at * width).toISOString();
  return {
    bars: counts.map((bar, at) => ({ from: edge(at), to: edge(at + 1), ...bar })),
    isExact,
    total: counts.reduce((sum, { count }) => sum + count, 0),
  };
}

function endsBeforeItBegins({ from, to }: AuditFilter): AppError {
  const message = `The time ends (${to ?? 'now'}) before it begins (${from ?? ''}): swap the two`;
  return new AppError('VALIDATION_ERROR', message, { fields: [{ field: 'to', message }] });
}
