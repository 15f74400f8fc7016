'use client';

import { useChartTime } from '@/components/charts/chart-time';
import { DataTable } from '@/components/charts/data-table';
import { HeatLegend, Heatmap } from '@/components/charts/heatmap';
import { extentOf, type HeatCell } from '@/components/charts/heatmap-cells';
import { TimeBand } from '@/components/charts/time-band';
import { TimeChart } from '@/components/charts/time-chart';
import { SilentSpans, TimeLine } from '@/components/charts/time-line';
import { heatCells, highestOf, pointFinder, stepText, timePoints } from '@/components/metrics/chart-points';
import { mergedPoint } from '@/components/metrics/coarse-points';
import { durationText, formatMs, knownText } from '@/components/metrics/point-facts';
import { formatCount } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { type MetricPoint, SERIES, SERIES_LABELS, type Series } from '@/lib/shared/metrics';

type Props = {
  series: Series;
  points: readonly MetricPoint[];
  compared: readonly MetricPoint[] | undefined;
  onChoose: (series: Series) => void;
  onOpen: (slotMs: number) => void;
};

/** How long one series takes: percentiles as bands, and every duration as a shade. */
export function LatencySection({ series, points, compared = [], onChoose, onOpen }: Props) {
  return (
    <Section
      title="How long it takes"
      description="Click a moment, or press Enter on it, for requests that stand for it."
      actions={<SeriesChoice series={series} onChoose={onChoose} />}
    >
      <div className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-3">
        <PercentileChart points={points} compared={compared} onOpen={onOpen} />
        <LatencyHeatmap series={series} points={points} onOpen={onOpen} />
      </div>
    </Section>
  );
}

function SeriesChoice({ series, onChoose }: Pick<Props, 'series' | 'onChoose'>) {
  return (
    <Select
      aria-label="Series"
      value={series}
      onChange={({ target }) => {
        const chosen = SERIES.find((name) => name === target.value);
        if (chosen) onChoose(chosen);
      }}
    >
      {SERIES.map((name) => (
        <option key={name} value={name}>
          {SERIES_LABELS[name]}
        </option>
      ))}
    </Select>
  );
}

type ChartProps = Pick<Props, 'points' | 'onOpen'> & { compared: readonly MetricPoint[] };

const BANDS = [
  { name: 'half took at most this (p50)', className: 'bg-accent/40' },
  { name: '95 of 100 (p95)', className: 'bg-accent' },
  { name: '99 of 100 (p99)', className: 'bg-warning' },
];

function PercentileChart({ points, compared, onOpen }: ChartProps) {
  const [p50, p95, p99] = [
    timePoints(points, (point) => point.p50),
    timePoints(points, (point) => point.p95),
    timePoints(points, (point) => point.p99),
  ];
  const before = timePoints(compared, (point) => point.p95);
  const find = pointFinder(points);
  return (
    <div>
      <TimeChart
        title="Percentiles"
        summary={durationText(mergedPoint('', points))}
        amounts={{ highest: Math.max(highestOf(p99), highestOf(before), 4) }}
        formatAmount={formatMs}
        slotText={(slotMs) => knownText(find(slotMs), durationText)}
        onOpen={onOpen}
        height={220}
        isStop
        hasMarks
      >
        {(scales) => (
          <>
            <SilentSpans points={p95} scales={scales} />
            <TimeBand lower={p50} upper={p95} scales={scales} className="fill-accent/20" />
            <TimeBand lower={p95} upper={p99} scales={scales} className="fill-warning/15" />
            <TimeLine points={before} scales={scales} className="stroke-control/60" />
            <TimeLine points={p50} scales={scales} className="stroke-accent/50" />
            <TimeLine points={p99} scales={scales} className="stroke-warning" />
            <TimeLine points={p95} scales={scales} />
          </>
        )}
      </TimeChart>
      <ul aria-label="Percentiles of the chart" className="flex flex-wrap gap-x-3 text-muted text-xs">
        {BANDS.map(({ name, className }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={`h-0.5 w-4 ${className}`} />
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
}

const HEAT_COLUMNS = [
  { label: 'From', format: formatMs },
  { label: 'To', format: formatMs },
  { label: 'Count' },
];

/** Shows at least this much of time, or one bucket would fill the chart. */
const LEAST = { lowest: 1, highest: 100 };

function LatencyHeatmap({ series, points, onOpen }: Pick<Props, 'series' | 'points' | 'onOpen'>) {
  const { window } = useChartTime();
  const cells = heatCells(points);
  const extent = extentOf(cells) ?? LEAST;
  const find = pointFinder(points);
  const title = `Durations of ${SERIES_LABELS[series].toLowerCase()} per ${stepText(window.stepMs)}`;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <TimeChart
        title={title}
        summary={heatSummary(cells)}
        amounts={{
          lowest: Math.min(extent.lowest, LEAST.lowest),
          highest: Math.max(extent.highest, LEAST.highest),
          isLog: true,
        }}
        formatAmount={formatMs}
        slotText={(slotMs) => knownText(find(slotMs), durationText)}
        onOpen={onOpen}
        height={220}
        isStop
      >
        {(scales) => (
          <>
            <SilentSpans points={timePoints(points, ({ count }) => count)} scales={scales} />
            <Heatmap cells={cells} scales={scales} />
          </>
        )}
      </TimeChart>
      <HeatLegend />
      <DataTable caption={title} columns={HEAT_COLUMNS} rows={() => heatRows(cells)} />
    </div>
  );
}

function heatSummary(cells: readonly HeatCell[]): string {
  const extent = extentOf(cells);
  if (!extent) return 'Nothing measured';
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  return `${formatCount(total)} between ${formatMs(extent.lowest)} and ${formatMs(extent.highest)}`;
}

function heatRows(cells: readonly HeatCell[]) {
  return cells.map(({ atMs, from, to, count }) => ({
    key: `${atMs} ${from}`,
    atMs,
    cells: [Number(from.toFixed(1)), Number(to.toFixed(1)), count],
  }));
}
