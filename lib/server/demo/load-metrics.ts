import { batchWrite } from '@/lib/server/batch-write';
import { pastCounts } from '@/lib/server/demo/past-counts';
import { env } from '@/lib/server/env';
import { type Counts, countAttributes, mergeCounts } from '@/lib/server/metrics/counts';
import { metricTtl, seriesLane, stepStart } from '@/lib/server/metrics/metric-lane';
import { readReports } from '@/lib/server/metrics/read-reports';
import { reportItem } from '@/lib/server/metrics/report';
import { SERIES, type Series, STEP_MS, type Step } from '@/lib/shared/metrics';

/** Minutes reach back a day; hours, of which the usual is learned, two weeks. */
const REACH = { minutesMs: STEP_MS.day, hoursMs: 14 * STEP_MS.day };

const INSTANCE = 'demo-past';

type Point = { atMs: number; counts: Record<Series, Counts> };

/**
 * A past of metrics, so that charts show something at the first start. It ends before the hour that runs, where everything
 * that really happens is counted; only a table without any report gets one.
 * @returns how many minutes and hours were made up
 */
export async function loadMetrics(requestId: string, reach = REACH): Promise<number> {
  const endMs = stepStart(Date.now(), 'hour');
  const span = { step: 'hour' as const, fromMs: endMs - reach.hoursMs, lastMs: endMs };
  if ((await readReports(span, requestId)).length > 0) return 0;
  const minutes = minutesOf(endMs - reach.minutesMs, endMs);
  const hours = hoursOf(span.fromMs, endMs);
  const items = [
    ...minutes.flatMap((point) => itemsOf(point, 'minute')),
    ...hours.flatMap((point) => itemsOf(point, 'hour')),
  ];
  await batchWrite(
    env.METRICS_TABLE,
    items.map((Item) => ({ PutRequest: { Item } })),
    { operation: 'loadMetrics', requestId },
  );
  return minutes.length + hours.length;
}

function minutesOf(fromMs: number, toMs: number): Point[] {
  return Array.from({ length: (toMs - fromMs) / STEP_MS.minute }, (_, at) => {
    const atMs = fromMs + at * STEP_MS.minute;
    return { atMs, counts: pastCounts(atMs) };
  });
}

/** Hours are exactly the sum of their minutes, those that are not stored as well. */
function hoursOf(fromMs: number, toMs: number): Point[] {
  return Array.from({ length: (toMs - fromMs) / STEP_MS.hour }, (_, at) => {
    const atMs = fromMs + at * STEP_MS.hour;
    const minutes = minutesOf(atMs, atMs + STEP_MS.hour).map(({ counts }) => counts);
    const summed = SERIES.map((series): [Series, Counts] => [
      series,
      mergeCounts(minutes.map((counts) => counts[series])),
    ]);
    return { atMs, counts: { ...pastCounts(atMs), ...Object.fromEntries(summed) } };
  });
}

function itemsOf({ atMs, counts }: Point, step: Step): Record<string, unknown>[] {
  const itemKey = new Date(atMs).toISOString();
  const endMs = atMs + STEP_MS[step];
  const rolled = step === 'minute' ? {} : { state: 'complete', instances: 1, rolledMs: endMs };
  const points = SERIES.filter(
    (series) => step !== 'minute' || Object.keys(counts[series].outcomes).length > 0,
  );
  const gauges = { heap_bytes: 92e6 + 3e7 * Math.abs(Math.sin(atMs / 3.1e6)), in_flight: 1 };
  return [
    ...points.map((series) => ({
      lane: seriesLane(series, step, atMs),
      itemKey,
      ttl: metricTtl(step, atMs),
      ...countAttributes(counts[series]).numbers,
      ...rolled,
    })),
    reportItem(
      {
        ...{ instance: INSTANCE, atMs, reportedMs: endMs, isEnded: true, everyMs: 10_000 },
        ...{ last: gauges, highest: gauges },
      },
      step,
    ),
  ];
}
