import { mergedPoint } from '@/components/metrics/coarse-points';
import type { SeriesPoints } from '@/components/metrics/use-metrics';
import { type MetricPoint, SERIES } from '@/lib/shared/metrics';

/** All series as one, slot by slot. */
export function togetherOf(bySeries: SeriesPoints): MetricPoint[] {
  const slots = new Map<string, MetricPoint[]>();
  for (const point of SERIES.flatMap((series) => bySeries[series] ?? [])) {
    const slot = slots.get(point.at);
    if (slot) slot.push(point);
    else slots.set(point.at, [point]);
  }
  return [...slots].map(([at, points]) => mergedPoint(at, points));
}
