import { mergeHistograms, percentile } from '@/lib/shared/histogram';
import type { MetricPoint } from '@/lib/shared/metrics';

/**
 * Points in wider slots: counts are added, percentiles are read from the merged buckets. A slot of which a part is not known
 * is partial.
 */
export function coarsePoints(points: readonly MetricPoint[], stepMs: number): MetricPoint[] {
  const slots = new Map<number, MetricPoint[]>();
  for (const point of points) {
    const slotMs = Math.floor(Date.parse(point.at) / stepMs) * stepMs;
    const slot = slots.get(slotMs);
    if (slot) slot.push(point);
    else slots.set(slotMs, [point]);
  }
  return [...slots].map(([slotMs, slot]) => mergedPoint(new Date(slotMs).toISOString(), slot));
}

/** Several points as one. */
export function mergedPoint(at: string, points: readonly MetricPoint[]): MetricPoint {
  const [first] = points;
  if (first && points.length === 1) return { ...first, at };
  const buckets = mergeHistograms(points.map((point) => point.buckets));
  const sum = (amount: (point: MetricPoint) => number) =>
    points.reduce((total, one) => total + amount(one), 0);
  return {
    at,
    count: sum(({ count }) => count),
    outcomes: mergeHistograms(points.map(({ outcomes }) => outcomes)),
    retries: sum(({ retries }) => retries),
    items: sum(({ items }) => items),
    unprocessed: sum(({ unprocessed }) => unprocessed),
    units: sum(({ units }) => units),
    throttles: mergeHistograms(points.map(({ throttles }) => throttles)),
    buckets,
    p50: percentile(buckets, 0.5),
    p95: percentile(buckets, 0.95),
    p99: percentile(buckets, 0.99),
    instances: points.reduce((most, { instances }) => Math.max(most, instances), 0),
    state: stateOf(points),
  };
}

function stateOf(points: readonly MetricPoint[]): MetricPoint['state'] {
  if (points.every(({ state }) => state === 'silent')) return 'silent';
  return points.every(({ state }) => state === 'complete') ? 'complete' : 'partial';
}
