import { bucketOf, percentile } from '@/lib/shared/histogram';
import { type MetricPoint, STEP_MS } from '@/lib/shared/metrics';

export const FIRST_MINUTE = '2026-11-25T10:00:00.000Z';

type Given = Partial<Omit<MetricPoint, 'at' | 'count' | 'p50' | 'p95' | 'p99'>> & {
  /** Minutes after the first. */
  minute: number;
  /** Each is one operation that took so long. */
  durationsMs?: readonly number[];
};

/** A minute as the API answers it; counts and percentiles follow from its outcomes and durations. */
export function metricPoint({ minute, durationsMs = [], ...given }: Given): MetricPoint {
  const buckets: Record<string, number> = { ...given.buckets };
  for (const durationMs of durationsMs) {
    const bucket = bucketOf(durationMs);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  const outcomes = given.outcomes ?? (durationsMs.length > 0 ? { success: durationsMs.length } : {});
  return {
    ...{ retries: 0, items: 0, unprocessed: 0, units: 0, throttles: {}, instances: 1, state: 'complete' },
    ...given,
    at: new Date(Date.parse(FIRST_MINUTE) + minute * STEP_MS.minute).toISOString(),
    count: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
    outcomes,
    buckets,
    p50: percentile(buckets, 0.5),
    p95: percentile(buckets, 0.95),
    p99: percentile(buckets, 0.99),
  };
}

/** So many minutes alike. */
export function metricPoints(minutes: number, given: Omit<Given, 'minute'> = {}): MetricPoint[] {
  return Array.from({ length: minutes }, (_, minute) => metricPoint({ ...given, minute }));
}
