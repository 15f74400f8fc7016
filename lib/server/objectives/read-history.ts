import { createCache } from '@/lib/server/cache';
import { readMetrics } from '@/lib/server/metrics/read-metrics';
import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import { BUDGET_DAYS } from '@/lib/server/objectives/objectives';
import { type Metrics, SERIES, type Series, STEP_MS } from '@/lib/shared/metrics';

/** Minutes reach back as far as the shortest windows that need them. */
const MINUTES_BACK_MS = 6 * STEP_MS.hour;

/** Older minutes change only where a process reports late, so they are read anew once in a while. */
const FRESH_MS = 10 * STEP_MS.minute;

type Past = Pick<Metrics, 'series' | 'gauges'>;

const pastHours = createCache<Past>('objectiveHours', { max: 4, ttlMs: 300_000 });
const pastMinutes = createCache<Past>('objectiveMinutes', { max: 4, ttlMs: 30_000 });

/**
 * What all rules need at this moment: hours of 28 days, minutes of six hours.
 * @throws {AppError} what DynamoDB answered
 */
export async function readHistory(nowMs: number, requestId: string): Promise<MetricHistory> {
  const running = Math.floor(nowMs / STEP_MS.hour) * STEP_MS.hour;
  const hoursFrom = running - BUDGET_DAYS * STEP_MS.day;
  const minutesFrom = running - MINUTES_BACK_MS;
  const freshFrom = Math.floor(nowMs / FRESH_MS) * FRESH_MS - FRESH_MS;
  const [hours, older, fresh] = await Promise.all([
    pastHours.read(iso(running), () => readRange('hour', { fromMs: hoursFrom, toMs: running }, requestId)),
    pastMinutes.read(iso(freshFrom), () =>
      readRange('minute', { fromMs: minutesFrom, toMs: freshFrom }, requestId),
    ),
    readRange('minute', { fromMs: freshFrom, toMs: nowMs }, requestId),
  ]);
  return {
    hours: hours.series,
    minutes: Object.fromEntries(
      SERIES.map((series) => [series, [...(older.series[series] ?? []), ...(fresh.series[series] ?? [])]]),
    ),
    gauges: [...older.gauges, ...fresh.gauges],
  };
}

type Span = { fromMs: number; toMs: number };

/** Points of all series, or of some, from one moment to another. */
export async function readRange(
  step: 'minute' | 'hour',
  { fromMs, toMs, series = SERIES }: Span & { series?: readonly Series[] },
  requestId: string,
): Promise<Past> {
  return readMetrics({ series: [...series], from: iso(fromMs), to: iso(toMs), step }, requestId);
}

const iso = (atMs: number) => new Date(atMs).toISOString();
