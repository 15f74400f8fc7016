'use client';

import { useChartTime } from '@/components/charts/chart-time';
import { DataTable } from '@/components/charts/data-table';
import { Legend } from '@/components/charts/legend';
import { StackedBars, totalOf } from '@/components/charts/stacked-bars';
import { TimeBand } from '@/components/charts/time-band';
import { TimeChart } from '@/components/charts/time-chart';
import { SilentSpans, TimeLine } from '@/components/charts/time-line';
import {
  failedOutcomes,
  highestOf,
  pointFinder,
  stacksOf,
  stepText,
  timePoints,
} from '@/components/metrics/chart-points';
import { mergedPoint } from '@/components/metrics/coarse-points';
import {
  codesOf,
  durationText,
  failuresOf,
  failureText,
  formatMs,
  knownText,
  pointText,
} from '@/components/metrics/point-facts';
import { seriesColumns, seriesRows } from '@/components/metrics/series-table';
import { Button } from '@/components/ui/button';
import { formatCount, formatShare } from '@/components/ui/number-format';
import { type MetricPoint, SERIES_LABELS, type Series } from '@/lib/shared/metrics';

type Props = {
  series: Series;
  points: readonly MetricPoint[];
  /** The same series earlier, moved to the same slots. */
  compared: readonly MetricPoint[] | undefined;
  isChosen: boolean;
  onChoose: () => void;
  onOpen: (slotMs: number) => void;
};

/** Rate, errors and duration of one series side by side (RED, Tom Wilkie), and their numbers. */
export function SeriesRow({ series, points, compared = [], isChosen, onChoose, onOpen }: Props) {
  const label = SERIES_LABELS[series];
  const codes = codesOf(points);
  const charts = { label, points, compared, codes, onOpen };
  return (
    <section
      aria-label={label}
      className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-3"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">{label}</h3>
        <Button size="small" variant="ghost" aria-pressed={isChosen} onClick={onChoose}>
          {isChosen ? 'Shown large below' : 'Show large'}
        </Button>
      </div>
      <div className="grid grid-cols-1 gap-x-6 gap-y-3 lg:grid-cols-3">
        <RateChart {...charts} />
        <ErrorChart {...charts} />
        <DurationChart {...charts} />
      </div>
      <DataTable caption={label} columns={seriesColumns(codes)} rows={() => seriesRows(points, codes)} />
    </section>
  );
}

type ChartProps = Pick<Props, 'points' | 'onOpen'> & {
  label: string;
  compared: readonly MetricPoint[];
  codes: string[];
};

/** All keyboards land here: the cursor that moves is that of all charts. */
function RateChart({ label, points, compared, onOpen }: ChartProps) {
  const { window } = useChartTime();
  const rate = timePoints(points, ({ count }) => count);
  const before = timePoints(compared, ({ count }) => count);
  const total = mergedPoint('', points);
  const find = pointFinder(points);
  return (
    <TimeChart
      title={`${label} per ${stepText(window.stepMs)}`}
      summary={`${formatCount(total.count)} in all`}
      amounts={{ highest: Math.max(highestOf(rate), highestOf(before), 4) }}
      formatAmount={formatCount}
      slotText={(slotMs) => knownText(find(slotMs), pointText)}
      onOpen={onOpen}
      isStop
      hasMarks
    >
      {(scales) => (
        <>
          <SilentSpans points={rate} scales={scales} />
          <TimeLine points={before} scales={scales} className="stroke-control/60" />
          <TimeLine points={rate} scales={scales} />
        </>
      )}
    </TimeChart>
  );
}

function ErrorChart({ label, points, codes, onOpen }: ChartProps) {
  const total = mergedPoint('', points);
  const failures = failuresOf(total);
  const find = pointFinder(points);
  const stacks = stacksOf(points, failedOutcomes);
  return (
    <div className="flex min-w-0 flex-col">
      <TimeChart
        title="Failures by code"
        summary={failures === 0 ? 'None' : `${formatCount(failures)}, ${formatShare(failures / total.count)}`}
        amounts={{ highest: stacks.reduce((most, { counts }) => Math.max(most, totalOf(counts)), 4) }}
        formatAmount={formatCount}
        slotText={(slotMs) => knownText(find(slotMs), failureText)}
        onOpen={onOpen}
      >
        {(scales) => (
          <>
            <SilentSpans points={timePoints(points, failuresOf)} scales={scales} />
            <StackedBars stacks={stacks} names={codes} scales={scales} />
          </>
        )}
      </TimeChart>
      <div className="min-h-5">
        {codes.length > 0 && <Legend names={codes} label={`Codes of ${label}`} />}
      </div>
    </div>
  );
}

function DurationChart({ points, compared, onOpen }: ChartProps) {
  const p99 = timePoints(points, (point) => point.p99);
  const p95 = timePoints(points, (point) => point.p95);
  const p50 = timePoints(points, (point) => point.p50);
  const before = timePoints(compared, (point) => point.p95);
  const total = mergedPoint('', points);
  const find = pointFinder(points);
  return (
    <TimeChart
      title="Duration"
      summary={durationText(total)}
      amounts={{ highest: Math.max(highestOf(p99), highestOf(before), 4) }}
      formatAmount={formatMs}
      slotText={(slotMs) => knownText(find(slotMs), durationText)}
      onOpen={onOpen}
    >
      {(scales) => (
        <>
          <SilentSpans points={p95} scales={scales} />
          <TimeBand lower={p50} upper={p99} scales={scales} className="fill-accent/15" />
          <TimeLine points={before} scales={scales} className="stroke-control/60" />
          <TimeLine points={p50} scales={scales} className="stroke-accent/50" />
          <TimeLine points={p95} scales={scales} />
        </>
      )}
    </TimeChart>
  );
}
