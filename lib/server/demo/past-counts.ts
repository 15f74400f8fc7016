import { createHash } from 'node:crypto';
import { type Counts, NO_COUNTS } from '@/lib/server/metrics/counts';
import { bucketOf, type Histogram } from '@/lib/shared/histogram';
import { SERIES, type Series } from '@/lib/shared/metrics';

/** Creates a minute by the hour (UTC) of a working day. */
const CREATES = [0, 0, 0, 0, 0, 0, 1, 3, 8, 14, 16, 13, 7, 12, 15, 13, 9, 6, 4, 3, 2, 1, 1, 0];

/** When batches run: the hour, how many minutes, and whether DynamoDB refuses a part of their rows. */
const BATCHES = [
  { hour: 8, minutes: 14, isThrottled: false },
  { hour: 13, minutes: 22, isThrottled: true },
  { hour: 17, minutes: 9, isThrottled: false },
];

/** Half of all take at most so long (ms), and how far they spread. */
const DURATIONS: Record<Series, { medianMs: number; spread: number }> = {
  create: { medianMs: 26, spread: 0.45 },
  batch_row: { medianMs: 90, spread: 0.5 },
  batch_call: { medianMs: 48, spread: 0.5 },
  retry: { medianMs: 35, spread: 0.4 },
  effect: { medianMs: 14, spread: 0.4 },
  audit: { medianMs: 9, spread: 0.4 },
  query: { medianMs: 5, spread: 0.6 },
  commit: { medianMs: 65, spread: 0.4 },
};

const CALLS_A_MINUTE = 36;
const THROTTLE = 'TableWriteProvisionedThroughputExceeded DemoProject-Assignments';

/** What the demo says was counted in one minute of its past; always the same for the same minute. */
export function pastCounts(minuteMs: number): Record<Series, Counts> {
  const time = new Date(minuteMs);
  const isWeekend = [0, 6].includes(time.getUTCDay());
  const hour = time.getUTCHours();
  const random = randomOf(String(minuteMs));
  const creates = Math.round((CREATES[hour] ?? 0) * (isWeekend ? 0.15 : 1) * (0.6 + 0.8 * random()));
  const batch = isWeekend
    ? undefined
    : BATCHES.find((one) => one.hour === hour && time.getUTCMinutes() < one.minutes);
  const calls = batch ? Math.round(CALLS_A_MINUTE * (0.8 + 0.4 * random())) : 0;
  const refused = batch?.isThrottled ? Math.round(calls * 25 * 0.04 * random()) : 0;
  const rows = calls * 25 - refused;
  const failed = random() < 0.004 * creates ? 1 : 0;
  const counted = (series: Series, success: number, more: Partial<Counts> = {}) =>
    countsOf(series, success, random, more);
  return {
    ...Object.fromEntries(SERIES.map((series) => [series, NO_COUNTS])),
    create: withFailure(counted('create', creates, { units: creates * 4 }), failed),
    batch_row: counted('batch_row', rows, { units: rows }),
    batch_call: counted('batch_call', calls, {
      ...{ items: calls * 25, unprocessed: refused, units: rows, retries: Math.ceil(refused / 25) },
      throttles: refused > 0 ? { [THROTTLE]: refused } : {},
    }),
    retry: counted('retry', failed),
    effect: counted('effect', creates * 2 + (batch ? 2 : 0)),
    audit: counted('audit', creates + (batch ? 2 : 0)),
    query: counted('query', 12 + creates * 3 + calls),
    commit: counted('commit', batch ? 2 : 0),
  };
}

function countsOf(series: Series, success: number, random: () => number, more: Partial<Counts>): Counts {
  if (success === 0) return NO_COUNTS;
  return { ...NO_COUNTS, ...more, outcomes: { success }, buckets: bucketsOf(series, success, random) };
}

/** As many samples as show the shape; each stands for its share of the count. */
const SAMPLES = 40;

function bucketsOf(series: Series, count: number, random: () => number): Histogram {
  const { medianMs, spread } = DURATIONS[series];
  const samples = Math.min(count, SAMPLES);
  const buckets: Histogram = {};
  for (let sample = 0; sample < samples; sample++) {
    const share = Math.floor(((sample + 1) * count) / samples) - Math.floor((sample * count) / samples);
    const bucket = bucketOf(medianMs * Math.exp(spread * normal(random)));
    buckets[bucket] = (buckets[bucket] ?? 0) + share;
  }
  return buckets;
}

function withFailure(counts: Counts, failed: number): Counts {
  if (failed === 0) return counts;
  const slow = bucketOf(3200);
  return {
    ...counts,
    outcomes: { ...counts.outcomes, THROTTLING: failed },
    buckets: { ...counts.buckets, [slow]: (counts.buckets[slow] ?? 0) + failed },
    retries: failed * 3,
  };
}

/** Numbers from 0 up to 1 that are always the same for the same name (mulberry32). */
function randomOf(name: string): () => number {
  let state = createHash('sha256').update(name).digest().readUInt32BE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normally distributed around 0 (Box and Muller, 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
