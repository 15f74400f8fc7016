import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import {
  exemplarsSchema,
  type MetricPoint,
  type Metrics,
  metricsSchema,
  SERIES,
  type Series,
  STEP_MS,
  type Step,
} from '@/lib/shared/metrics';

const PATH = '/api/metrics';

/** The last minutes are asked for every three seconds, everything else seldom: what is older no longer changes. */
const POLL_MS = { tail: 3000, past: 4 * 60_000 } as const;

/** How far back the tail reaches: further than the past may be old, so that no minute is left between them. */
const TAIL_MS = 6 * 60_000;

/** A time that is asked for: the last `spanMs`, or a fixed one. `shiftMs` looks that much further back. */
export type MetricsSpan = {
  step: Step;
  shiftMs: number;
  series?: readonly Series[];
} & ({ spanMs: number } | { fromMs: number; toMs: number });

const instant = (ms: number) => new Date(ms).toISOString();

/** Everything in a time. A time that ends now is read again by itself, though its last minutes come by the tail. */
export const metricsQuery = ({ step, shiftMs, series, ...span }: MetricsSpan) =>
  queryOptions({
    queryKey: ['metrics', 'past', step, shiftMs, series ?? 'all', span],
    queryFn: ({ signal }) => {
      const { fromMs, toMs } = edgesOf(span, step, shiftMs);
      const params = { from: instant(fromMs), to: instant(toMs) };
      return api.get(withQuery(PATH, { ...params, step, series: series?.join(',') }), metricsSchema, signal);
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchInterval: 'spanMs' in span ? POLL_MS.past : false,
  });

/** The last minutes of all series, while somebody looks: asked for once, however many parts of the page use them. */
export const metricsTailQuery = (step: Step) =>
  queryOptions({
    queryKey: ['metrics', 'tail', step],
    queryFn: ({ signal }) => {
      const from = instant(Date.now() - Math.max(TAIL_MS, STEP_MS[step]));
      return api.get(withQuery(PATH, { from, step }), metricsSchema, signal);
    },
    refetchInterval: POLL_MS.tail,
  });

/** Requests that stand for what happened to a series in a time. */
export const exemplarsQuery = ({ series, fromMs, toMs }: { series: Series; fromMs: number; toMs: number }) =>
  queryOptions({
    queryKey: ['metrics', 'exemplars', series, fromMs, toMs],
    queryFn: ({ signal }) =>
      api.get(
        withQuery(`${PATH}/exemplars`, { series, from: instant(fromMs), to: instant(toMs) }),
        exemplarsSchema,
        signal,
      ),
  });

/** What is compared reaches on to where the last minutes will be when it is read again. */
function edgesOf(span: { spanMs: number } | { fromMs: number; toMs: number }, step: Step, shiftMs: number) {
  if (!('spanMs' in span)) return { fromMs: span.fromMs - shiftMs, toMs: span.toMs - shiftMs };
  const nowMs = Math.ceil(Date.now() / STEP_MS[step]) * STEP_MS[step];
  const aheadMs = shiftMs > 0 ? POLL_MS.past : 0;
  return { fromMs: nowMs - span.spanMs - shiftMs, toMs: nowMs - shiftMs + aheadMs };
}

/** The past with its last minutes as they are known by now. */
export function withTail(past: Metrics, tail: Metrics | undefined): Metrics {
  if (!tail || tail.step !== past.step || tail.now < past.now) return past;
  const series: Metrics['series'] = {};
  for (const name of SERIES) {
    const [before, after] = [past.series[name], tail.series[name]];
    if (before) series[name] = joinPoints(before, after ?? []);
  }
  const tailBegins = tail.from;
  return {
    ...past,
    series,
    to: tail.to,
    now: tail.now,
    gauges: [...past.gauges.filter(({ at }) => at < tailBegins), ...tail.gauges],
    lost: [...past.lost.filter(({ at }) => at < tailBegins), ...tail.lost],
  };
}

/** Points of both in their order; of those that both hold, the second's. */
function joinPoints(before: readonly MetricPoint[], after: readonly MetricPoint[]): MetricPoint[] {
  const first = after[0]?.at;
  if (first === undefined) return [...before];
  return [...before.filter(({ at }) => at < first), ...after];
}
