import { processState } from '@/lib/server/process-state';
import type { ErrorCode } from '@/lib/shared/app-error';
import { bucketOf, type Histogram } from '@/lib/shared/histogram';
import { type Gauge, type Series, STEP_MS } from '@/lib/shared/metrics';

export type Outcome = 'success' | ErrorCode;

/** What one minute of a series has counted since it was last flushed. */
export type Tally = {
  series: Series;
  /** The minute's first millisecond. */
  minuteMs: number;
  outcomes: Map<Outcome, number>;
  retries: number;
  items: number;
  unprocessed: number;
  units: number;
  throttles: Map<string, number>;
  buckets: Histogram;
  /** The last request of each bucket, and of each code. */
  bucketExemplars: Map<number, string>;
  codeExemplars: Map<string, string>;
};

type Recorder = { tallies: Map<string, Tally>; gauges: Map<Gauge, () => number> };

/** What this process has recorded and not yet flushed; `flush.ts` takes it away. */
export const recorder = processState<Recorder>('metrics', () => ({ tallies: new Map(), gauges: new Map() }));

/** `durationMs` is undefined where only the outcome counts. */
type Ended = {
  outcome: Outcome;
  durationMs: number | undefined;
  requestId: string | undefined;
  count?: number;
};

/** Kinds of refusals that a minute tells apart; DynamoDB may name each partition. */
const MOST_THROTTLES = 30;
const OTHER_THROTTLES = 'Other others';

/** Counts an operation that ended, or `count` of them that ended together. Costs no I/O and never throws. Background work without a request gives no exemplar. */
export function recordEnd(series: Series, { outcome, durationMs, requestId, count = 1 }: Ended): void {
  const tally = tallyOf(series);
  tally.outcomes.set(outcome, (tally.outcomes.get(outcome) ?? 0) + count);
  if (requestId !== undefined && outcome !== 'success') tally.codeExemplars.set(outcome, requestId);
  if (durationMs === undefined) return;
  const bucket = bucketOf(durationMs);
  tally.buckets[bucket] = (tally.buckets[bucket] ?? 0) + count;
  if (requestId !== undefined) tally.bucketExemplars.set(bucket, requestId);
}

type Amounts = Partial<Pick<Tally, 'retries' | 'items' | 'unprocessed' | 'units'>>;

/** Adds to what a series counts beside its operations. */
export function recordAmounts(series: Series, { retries, items, unprocessed, units }: Amounts): void {
  const tally = tallyOf(series);
  tally.retries += retries ?? 0;
  tally.items += items ?? 0;
  tally.unprocessed += unprocessed ?? 0;
  tally.units += units ?? 0;
}

/**
 * Counts refusals for throughput.
 * @param reason DynamoDB's own, such as "TableWriteProvisionedThroughputExceeded"
 * @param resource the table, index or partition that it names
 */
export function recordThrottle(series: Series, reason: string, resource: string, count = 1): void {
  const { throttles } = tallyOf(series);
  const isKept = throttles.size < MOST_THROTTLES || throttles.has(`${reason} ${resource}`);
  const name = isKept ? `${reason} ${resource}` : OTHER_THROTTLES;
  throttles.set(name, (throttles.get(name) ?? 0) + count);
}

/** The requests that stand for others in what is not flushed yet. */
export function recordedExemplars(): Set<string> {
  const ids = [...recorder.tallies.values()].flatMap(({ bucketExemplars, codeExemplars }) => [
    ...bucketExemplars.values(),
    ...codeExemplars.values(),
  ]);
  return new Set(ids);
}

/** Names where a gauge is read at each flush. */
export function measureGauge(gauge: Gauge, read: () => number): void {
  recorder.gauges.set(gauge, read);
}

function tallyOf(series: Series): Tally {
  const minuteMs = Math.floor(Date.now() / STEP_MS.minute) * STEP_MS.minute;
  const key = `${series} ${minuteMs}`;
  const known = recorder.tallies.get(key);
  if (known) return known;
  const amounts = { retries: 0, items: 0, unprocessed: 0, units: 0 };
  const exemplars = { bucketExemplars: new Map(), codeExemplars: new Map() };
  const fresh = {
    series,
    minuteMs,
    outcomes: new Map(),
    throttles: new Map(),
    buckets: {},
    ...amounts,
    ...exemplars,
  };
  recorder.tallies.set(key, fresh);
  return fresh;
}
