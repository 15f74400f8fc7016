import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { countAttributes, mergeCounts } from '@/lib/server/metrics/counts';
import { coverageOf } from '@/lib/server/metrics/coverage';
import { metricTtl, seriesLane } from '@/lib/server/metrics/metric-lane';
import { readPoints, type StoredPoint } from '@/lib/server/metrics/read-points';
import { readReports } from '@/lib/server/metrics/read-reports';
import { type Report, reportItem } from '@/lib/server/metrics/report';
import { isConditionFailed } from '@/lib/server/stored-item';
import { GAUGES, type MetricPoint, SERIES, type Series, STEP_MS } from '@/lib/shared/metrics';

type State = MetricPoint['state'];

/** Reports of the minutes around an hour tell whether a process went on. */
const AROUND_MS = 3 * STEP_MS.minute;

const PARTS = { hour: 'minute', day: 'hour' } as const;

/** What an hour or a day is made of. `rolledMs` is the instant before its parts were read. */
type Rolling = { step: 'hour' | 'day'; atMs: number; rolledMs: number; requestId: string };

/**
 * Adds up an hour from its minutes, or a day from its hours, and writes the sums as they are: doing it again changes
 * nothing, and a later one replaces it. Where no process was there and nothing was counted, nothing is written.
 * @throws {AppError} what DynamoDB answered
 */
export async function rollUpStep(step: 'hour' | 'day', atMs: number, requestId: string): Promise<void> {
  const rolling = { step, atMs, rolledMs: Date.now(), requestId };
  const span = { step: PARTS[step], fromMs: atMs, lastMs: atMs + STEP_MS[step] - STEP_MS[PARTS[step]] };
  const around = step === 'hour' ? AROUND_MS : 0;
  const [reports, ...pointsBySeries] = await Promise.all([
    readReports({ ...span, fromMs: span.fromMs - around, lastMs: span.lastMs + around }, requestId),
    ...SERIES.map((series) => readPoints(series, span, requestId)),
  ]);
  const own = reports.filter((report) => report.atMs >= atMs && report.atMs < atMs + STEP_MS[step]);
  const ofMinutes = step === 'hour' ? minutesState(reports, rolling) : undefined;
  await Promise.all([
    ...reportsTogether(own, atMs).map((report) => put(reportItem(report, step), rolling)),
    ...SERIES.map((series, at) => {
      const points = [...(pointsBySeries[at]?.values() ?? [])];
      return putSeries(series, points, { own, state: ofMinutes ?? hoursState(points), rolling });
    }),
  ]);
}

type Known = { own: Report[]; state: State; rolling: Rolling };

async function putSeries(
  series: Series,
  points: StoredPoint[],
  { own, state, rolling }: Known,
): Promise<void> {
  if (points.length === 0 && own.length === 0) return;
  const { step, atMs } = rolling;
  const { numbers, texts } = countAttributes(mergeCounts(points.map(({ counts }) => counts)));
  const item = {
    lane: seriesLane(series, step, atMs),
    itemKey: new Date(atMs).toISOString(),
    ttl: metricTtl(step, atMs),
    ...numbers,
    ...texts,
    state: state === 'silent' && points.length > 0 ? 'partial' : state,
    instances: new Set(own.map(({ instance }) => instance)).size,
  };
  await put(item, rolling);
}

/** A slower process must not replace what another has added up since. */
async function put(item: Record<string, unknown>, { rolledMs }: Rolling): Promise<void> {
  const command = new PutCommand({
    TableName: env.METRICS_TABLE,
    Item: { ...item, rolledMs },
    ConditionExpression: 'attribute_not_exists(rolledMs) OR rolledMs <= :rolled',
    ExpressionAttributeValues: { ':rolled': rolledMs },
  });
  try {
    await documentClient.send(command);
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}

function minutesState(reports: Report[], { atMs, rolledMs }: Rolling): State {
  const { minute } = coverageOf(reports, rolledMs);
  const minutes = Array.from(
    { length: STEP_MS.hour / STEP_MS.minute },
    (_, at) => atMs + at * STEP_MS.minute,
  );
  return together(
    minutes.filter((minuteMs) => minuteMs < rolledMs).map((minuteMs) => minute(minuteMs).state),
  );
}

function hoursState(points: StoredPoint[]): State {
  return together(points.map(({ rolled }) => rolled?.state ?? 'partial'));
}

/** Time in which no process was there takes nothing away from what the others have counted. */
function together(states: State[]): State {
  if (states.includes('partial')) return 'partial';
  return states.includes('complete') ? 'complete' : 'silent';
}

/** One report for each process: its last, with the highest of each gauge. */
function reportsTogether(reports: Report[], atMs: number): Report[] {
  const byInstance = new Map<string, Report>();
  for (const report of reports) {
    const before = byInstance.get(report.instance);
    byInstance.set(report.instance, { ...report, atMs, highest: highestOf(before?.highest, report.highest) });
  }
  return [...byInstance.values()];
}

function highestOf(before: Report['highest'] = {}, next: Report['highest']): Report['highest'] {
  const highest: Report['highest'] = {};
  for (const gauge of GAUGES) {
    const values = [before[gauge], next[gauge]].filter((value) => value !== undefined);
    if (values.length > 0) highest[gauge] = Math.max(...values);
  }
  return highest;
}
