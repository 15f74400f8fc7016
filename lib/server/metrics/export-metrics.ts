import { readMetrics } from '@/lib/server/metrics/read-metrics';
import type { Download } from '@/lib/server/route';
import { BYTE_ORDER_MARK, csvLine } from '@/lib/shared/csv-line';
import { safeCell } from '@/lib/shared/formula-cell';
import type { MetricPoint, MetricsQuery } from '@/lib/shared/metrics';

const COLUMNS = [
  ...['series', 'at', 'state', 'count', 'succeeded', 'outcomes', 'retries', 'items', 'unprocessed'],
  ...['write_units', 'throttles', 'p50_ms', 'p95_ms', 'p99_ms', 'instances'],
];

/**
 * The points of a range as a CSV file, one row each. Where nobody reported, the numbers are empty: a zero would say that
 * nothing had happened.
 * @throws {AppError} as `readMetrics`
 */
export async function exportMetrics(query: MetricsQuery, requestId: string): Promise<Download> {
  const { series, step, from } = await readMetrics(query, requestId);
  const rows = Object.entries(series).flatMap(([name, points]) =>
    points.map((point) => [name, point.at, point.state, ...numbersOf(point)].map(safeCell)),
  );
  return {
    fileName: `metrics-${step}-${from.slice(0, 10)}.csv`,
    contentType: 'text/csv; charset=utf-8',
    text: BYTE_ORDER_MARK + [COLUMNS, ...rows].map((cells) => csvLine(cells)).join(''),
  };
}

function numbersOf(point: MetricPoint): string[] {
  if (point.state === 'silent') return Array(COLUMNS.length - 3).fill('');
  const { count, outcomes, retries, items, unprocessed, units, throttles, p50, p95, p99, instances } = point;
  return [
    ...[count, outcomes.success ?? 0].map(String),
    countsText(outcomes),
    ...[retries, items, unprocessed, units].map(String),
    countsText(throttles),
    ...[p50, p95, p99].map((durationMs) => (durationMs === null ? '' : durationMs.toFixed(1))),
    String(instances),
  ];
}

/** "THROTTLING 3; success 97" */
function countsText(counts: Record<string, number>): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join('; ');
}
