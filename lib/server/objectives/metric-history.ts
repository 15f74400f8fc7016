import { type Counted, type EventLog, eventLog } from '@/lib/server/objectives/event-log';
import { type GaugePoint, type MetricPoint, type Series, STEP_MS } from '@/lib/shared/metrics';

type Points = Partial<Record<Series, MetricPoint[]>>;

/** What rules look back on. Hours reach far back, minutes only a little; both are in the order of time. */
export type MetricHistory = { hours: Points; minutes: Points; gauges: GaugePoint[] };

/** Counts of a series over the whole history: by minutes as far as they reach back, by hours before. */
export function logOf(
  { hours, minutes }: MetricHistory,
  series: Series,
  countBad: (point: MetricPoint) => number,
): EventLog {
  const toCounted =
    (stepMs: number) =>
    (point: MetricPoint): Counted => {
      const fromMs = Date.parse(point.at);
      return { fromMs, toMs: fromMs + stepMs, total: point.count, bad: countBad(point) };
    };
  const late = (minutes[series] ?? []).map(toCounted(STEP_MS.minute));
  const minutesFrom = late[0]?.fromMs ?? Number.POSITIVE_INFINITY;
  const early = (hours[series] ?? []).map(toCounted(STEP_MS.hour));
  return eventLog([...early.filter(({ toMs }) => toMs <= minutesFrom), ...late]);
}
