import { NO_COUNTS } from '@/lib/server/metrics/counts';
import { coverageOf, type MinuteCoverage } from '@/lib/server/metrics/coverage';
import { metricPoint } from '@/lib/server/metrics/metric-point';
import { type MetricsRange, rangeOf } from '@/lib/server/metrics/metrics-range';
import { readPoints, type StoredPoint } from '@/lib/server/metrics/read-points';
import { readReports } from '@/lib/server/metrics/read-reports';
import type { Report } from '@/lib/server/metrics/report';
import {
  type GaugePoint,
  type MetricPoint,
  type Metrics,
  type MetricsQuery,
  type Series,
  STEP_MS,
  type Step,
} from '@/lib/shared/metrics';

/** So far around a range, reports tell whether a process was there and went on. */
const AROUND_MS: Record<Step, number> = { minute: 3 * STEP_MS.minute, hour: STEP_MS.hour, day: STEP_MS.day };

/**
 * What was measured in a range: one point per step of each series, without gaps, and what processes said of themselves.
 * Hours and days come from the roll-up: the one that runs is up to a minute behind.
 * @throws {AppError} VALIDATION_ERROR for a range that is wrong or too long; what DynamoDB answered
 */
export async function readMetrics(query: MetricsQuery, requestId: string): Promise<Metrics> {
  const nowMs = Date.now();
  const range = rangeOf(query, nowMs);
  const { fromMs, toMs, step } = range;
  const [reports, ...stored] = await Promise.all([
    readReports(around(range), requestId),
    ...range.series.map((series) => readPoints(series, range, requestId)),
  ]);
  const coverage = coverageOf(reports, nowMs);
  const known = (atMs: number, point: StoredPoint | undefined) =>
    step === 'minute'
      ? minuteCoverage(coverage.minute(atMs), point)
      : rolledCoverage(point, atMs + STEP_MS[step], nowMs);
  const pointsOf = (points: Map<number, StoredPoint> | undefined): MetricPoint[] =>
    instantsOf(range).map((atMs) => {
      const point = points?.get(atMs);
      return metricPoint(atMs, point?.counts ?? NO_COUNTS, known(atMs, point));
    });
  const isInRange = (atMs: number) => atMs >= fromMs && atMs < toMs;
  return {
    ...{ from: iso(fromMs), to: iso(toMs), step, now: iso(nowMs) },
    series: Object.fromEntries(
      range.series.map((series, at): [Series, MetricPoint[]] => [series, pointsOf(stored[at])]),
    ),
    gauges: reports.filter(({ atMs }) => isInRange(atMs)).map(gaugePoint),
    lost: coverage.lost
      .filter((lost) => isInRange(lost.fromMs))
      .map((lost) => ({
        instance: lost.instance,
        at: iso(lost.fromMs),
        upToMs: lost.toMs - lost.fromMs,
      })),
  };
}

function around({ step, fromMs, lastMs }: MetricsRange) {
  return { step, fromMs: fromMs - AROUND_MS[step], lastMs: lastMs + AROUND_MS[step] };
}

function instantsOf({ step, fromMs, toMs }: MetricsRange): number[] {
  return Array.from({ length: (toMs - fromMs) / STEP_MS[step] }, (_, at) => fromMs + at * STEP_MS[step]);
}

/** What was counted by a process whose report has not arrived is a part at least. */
function minuteCoverage(coverage: MinuteCoverage, point: StoredPoint | undefined): MinuteCoverage {
  return point && coverage.state === 'silent' ? { ...coverage, state: 'partial' } : coverage;
}

/** A step that was last added up before its end is not whole, whatever it said then. */
function rolledCoverage(point: StoredPoint | undefined, endMs: number, nowMs: number): MinuteCoverage {
  const { state, instances, rolledMs } = point?.rolled ?? NOT_ROLLED;
  if (nowMs < endMs) return { state: 'partial', instances };
  return { state: state !== 'silent' && rolledMs < endMs ? 'partial' : state, instances };
}

const NOT_ROLLED = { state: 'silent' as const, instances: 0, rolledMs: 0 };

function gaugePoint({ atMs, instance, last, highest }: Report): GaugePoint {
  return { at: iso(atMs), instance, last, highest };
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
