import type { Counts } from '@/lib/server/metrics/counts';
import { percentile } from '@/lib/shared/histogram';
import type { MetricPoint } from '@/lib/shared/metrics';

type Known = Pick<MetricPoint, 'state' | 'instances'>;

/** The point of a step, with percentiles read from its buckets. */
export function metricPoint(atMs: number, counts: Counts, { state, instances }: Known): MetricPoint {
  const { outcomes, throttles, buckets, retries, items, unprocessed, units } = counts;
  return {
    at: new Date(atMs).toISOString(),
    count: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
    ...{ outcomes, retries, items, unprocessed, units, throttles, buckets },
    p50: percentile(buckets, 0.5),
    p95: percentile(buckets, 0.95),
    p99: percentile(buckets, 0.99),
    instances,
    state,
  };
}
