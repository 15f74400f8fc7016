import { bucketOf, type Histogram, percentile } from '@/lib/shared/histogram';
import { type MetricPoint, STEP_MS } from '@/lib/shared/metrics';
import type { Random } from '@/tests/support/random';

/** A Wednesday at noon. */
export const NOON = Date.parse('2026-11-25T12:00:00.000Z');

export const HOUR = STEP_MS.hour;
export const MINUTE = STEP_MS.minute;
export const DAY = STEP_MS.day;

type Counts = { success?: number; failed?: number; code?: string; durationMs?: number };

/** A point that was measured completely; its durations all the same unless `buckets` says otherwise. */
export function aPoint(atMs: number, counts: Counts = {}, overrides: Partial<MetricPoint> = {}): MetricPoint {
  const { success = 0, failed = 0, code = 'THROTTLING', durationMs = 40 } = counts;
  const count = success + failed;
  const buckets: Histogram = overrides.buckets ?? (count > 0 ? { [bucketOf(durationMs)]: count } : {});
  return {
    at: new Date(atMs).toISOString(),
    count,
    outcomes: { ...(success > 0 ? { success } : {}), ...(failed > 0 ? { [code]: failed } : {}) },
    ...{ retries: 0, items: 0, unprocessed: 0, units: 0, throttles: {} },
    buckets,
    p50: percentile(buckets, 0.5),
    p95: percentile(buckets, 0.95),
    p99: percentile(buckets, 0.99),
    instances: 1,
    state: 'complete',
    ...overrides,
  };
}

/** Points of every step from one moment up to another. */
export function points(
  { fromMs, toMs, stepMs }: { fromMs: number; toMs: number; stepMs: number },
  pointAt: (atMs: number) => MetricPoint,
): MetricPoint[] {
  return Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, place) =>
    pointAt(fromMs + place * stepMs),
  );
}

/** Recorded weeks of a school: busy on weekday mornings, quiet at night, with some chance in it. */
export function schoolHours(random: Random, { days, toMs }: { days: number; toMs: number }): MetricPoint[] {
  return points({ fromMs: toMs - days * DAY, toMs, stepMs: HOUR }, (atMs) => {
    const at = new Date(atMs);
    const isBusy = at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 8 && at.getUTCHours() < 18;
    const success = isBusy ? random.between(450, 550) : random.between(5, 15);
    return aPoint(atMs, { success, durationMs: random.between(30, 60) });
  });
}
