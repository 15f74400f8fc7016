'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { TimeWindow } from '@/components/charts/time-window';
import { coarsePoints } from '@/components/metrics/coarse-points';
import { RANGES, stepFor, windowOf } from '@/components/metrics/ranges';
import type { Comparison, MetricsUrlState } from '@/components/metrics/use-metrics-url';
import { type MetricsSpan, metricsQuery, metricsTailQuery, withTail } from '@/lib/client/metrics';
import { type MetricPoint, type Metrics, SERIES, type Series, STEP_MS } from '@/lib/shared/metrics';

export type SeriesPoints = Partial<Record<Series, MetricPoint[]>>;

/** What is measured in the time of the page, and what it is compared with; the last minutes move by themselves. */
export function useMetrics({ url, fixed }: MetricsUrlState) {
  const [openedMs] = useState(() => Date.now());
  const span = spanOf(url.range, fixed, openedMs);
  const past = useQuery(metricsQuery({ ...wholeSlots(span), shiftMs: 0 }));
  const tail = useQuery({ ...metricsTailQuery(span.step), enabled: !fixed });
  const metrics = useMemo(
    () => past.data && withTail(past.data, fixed ? undefined : tail.data),
    [past.data, tail.data, fixed],
  );

  const shiftMs = shiftOf(url.compare, span);
  const earlier = useQuery({ ...metricsQuery({ ...wholeSlots(span), shiftMs }), enabled: shiftMs > 0 });
  const compared = shiftMs > 0 ? earlier.data : undefined;

  const endMs = metrics && !fixed ? Date.parse(metrics.now) : undefined;
  const window = useStableWindow(windowOf({ ...edgesOf(span, endMs ?? openedMs), step: span.step }));
  return {
    window,
    metrics,
    points: usePoints(metrics, window, 0),
    compared: usePoints(compared, window, shiftMs),
    query: past,
    tailError: fixed ? null : tail.error,
    isBusy: past.isPlaceholderData,
    compareError: shiftMs > 0 ? earlier.error : null,
  };
}

export type MetricsState = ReturnType<typeof useMetrics>;

function spanOf(
  range: keyof typeof RANGES,
  fixed: { fromMs: number; toMs: number } | null,
  nowMs: number,
): Pick<MetricsSpan, 'step'> & ({ spanMs: number } | { fromMs: number; toMs: number }) {
  const { spanMs } = RANGES[range];
  if (!fixed) return { spanMs, step: stepFor(spanMs, spanMs) };
  return { ...fixed, step: stepFor(fixed.toMs - fixed.fromMs, nowMs - fixed.fromMs) };
}

const lengthOf = (span: ReturnType<typeof spanOf>) =>
  'spanMs' in span ? span.spanMs : span.toMs - span.fromMs;

/** The first slot reaches back behind the beginning of the time. */
function wholeSlots(span: ReturnType<typeof spanOf>) {
  const { stepMs } = windowOf({ ...edgesOf(span, 0), step: span.step });
  if ('spanMs' in span) return { ...span, spanMs: span.spanMs + stepMs };
  return { ...span, fromMs: Math.floor(span.fromMs / stepMs) * stepMs };
}

/** How much earlier the time lies that is compared with. */
function shiftOf(compare: Comparison, span: ReturnType<typeof spanOf>): number {
  if (compare === 'off') return 0;
  if (compare === 'week') return 7 * STEP_MS.day;
  // Slots of both must lie above each other.
  return Math.ceil(lengthOf(span) / STEP_MS[span.step]) * STEP_MS[span.step];
}

function edgesOf(span: ReturnType<typeof spanOf>, endMs: number) {
  if (!('spanMs' in span)) return span;
  const toMs = Math.ceil(endMs / STEP_MS[span.step]) * STEP_MS[span.step];
  return { fromMs: toMs - span.spanMs, toMs };
}

/** The same window as long as its edges are the same, so that charts do not render again every second. */
function useStableWindow({ fromMs, toMs, stepMs }: TimeWindow): TimeWindow {
  return useMemo(() => ({ fromMs, toMs, stepMs }), [fromMs, toMs, stepMs]);
}

/** Points of the window, in its slots, moved later by so much. */
function usePoints(metrics: Metrics | undefined, window: TimeWindow, shiftMs: number): SeriesPoints {
  return useMemo(() => {
    const points: SeriesPoints = {};
    for (const series of SERIES) {
      const all = metrics?.series[series];
      if (all) points[series] = coarsePoints(movedInto(all, window, shiftMs), window.stepMs);
    }
    return points;
  }, [metrics, window, shiftMs]);
}

function movedInto(points: readonly MetricPoint[], { fromMs, toMs }: TimeWindow, shiftMs: number) {
  return points.flatMap((point) => {
    const atMs = Date.parse(point.at) + shiftMs;
    if (atMs < fromMs || atMs >= toMs) return [];
    return shiftMs === 0 ? [point] : [{ ...point, at: new Date(atMs).toISOString() }];
  });
}
