import type { DataColumn, DataRow } from '@/components/charts/data-csv';
import { failuresOf, formatMs } from '@/components/metrics/point-facts';
import type { MetricPoint } from '@/lib/shared/metrics';

const STATES = { complete: 'whole', partial: 'partial', silent: 'no report' } as const;

/** Columns of a series with these codes. */
export function seriesColumns(codes: readonly string[]): DataColumn[] {
  return [
    { label: 'Count' },
    { label: 'Failures' },
    ...codes.map((code) => ({ label: code })),
    { label: 'Retries' },
    { label: 'Write units' },
    { label: 'p50', format: formatMs },
    { label: 'p95', format: formatMs },
    { label: 'p99', format: formatMs },
    { label: 'Processes' },
    { label: 'Report' },
  ];
}

/** The points that charts draw, in numbers; of a slot without a report there are none. */
export function seriesRows(points: readonly MetricPoint[], codes: readonly string[]): DataRow[] {
  return points.map((point) => {
    const isKnown = point.state !== 'silent';
    const numbers = [
      point.count,
      failuresOf(point),
      ...codes.map((code) => point.outcomes[code] ?? 0),
      point.retries,
      point.units,
    ];
    return {
      atMs: Date.parse(point.at),
      cells: [
        ...numbers.map((number) => (isKnown ? number : null)),
        ...[point.p50, point.p95, point.p99],
        point.instances,
        STATES[point.state],
      ],
    };
  });
}
