'use client';

import { scaleBand, scaleLinear } from '@visx/scale';
import { useId, useRef } from 'react';
import { HistogramBar, HistogramPattern } from '@/components/charts/histogram-bar';
import { HistogramTable } from '@/components/charts/histogram-table';
import { type BarRange, useBrush } from '@/components/charts/use-brush';
import { useWidth } from '@/components/charts/use-width';
import { formatCount } from '@/components/ui/number-format';
import { formatInstant } from '@/components/ui/time-format';

/** So many from one instant to another, of which some failed. */
export type TimeBar = { from: string; to: string; count: number; failures: number; isPartial: boolean };

type Props = {
  title: string;
  summary: string;
  bars: readonly TimeBar[];
  timeZone: string;
  /** First instant of the selection, and the one behind it. */
  onSelect: (from: string, to: string) => void;
};

/** Pixels. */
const HEIGHT = 96;
const MARGIN = { top: 8, right: 4, bottom: 4, left: 44 };
const MIN_WIDTH = 80;

/** Counts over time as bars; dragging, or the keyboard, selects a part of the time. */
export function Histogram({ title, summary, bars, timeZone, onSelect }: Props) {
  const summaryId = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const last = bars.at(-1);
  return (
    <figure className="flex flex-col gap-1 rounded-lg border border-line bg-surface p-3">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{title}</span>
        <span id={summaryId} className="text-muted">
          {summary}
        </span>
      </figcaption>
      <div ref={ref} className="h-24 w-full">
        {width > MIN_WIDTH && bars.length > 0 && (
          <Plot
            title={title}
            summaryId={summaryId}
            bars={bars}
            width={width}
            timeZone={timeZone}
            onSelect={onSelect}
          />
        )}
      </div>
      <p aria-hidden className="flex justify-between gap-2 pl-11 text-muted text-xs">
        <span>{bars[0] && formatInstant(bars[0].from, timeZone)}</span>
        <span>{last && formatInstant(last.to, timeZone)}</span>
      </p>
      {bars.some(({ count }) => count > 0) && (
        <HistogramTable caption={title} bars={bars} timeZone={timeZone} onSelect={onSelect} />
      )}
    </figure>
  );
}

type PlotProps = Omit<Props, 'summary'> & { summaryId: string; width: number };

function Plot({ title, summaryId, bars, width, timeZone, onSelect }: PlotProps) {
  const patternId = useId();
  const plot = useRef<HTMLDivElement>(null);
  const { x, y } = scalesOf(bars, width);
  const brush = useBrush({
    count: bars.length,
    onSelect: ({ first, last }: BarRange) => {
      const [from, to] = [bars[first]?.from, bars[last]?.to];
      if (from && to) onSelect(from, to);
    },
    barAt: (clientX) => {
      const left = plot.current?.getBoundingClientRect().left ?? 0;
      const bar = Math.floor((clientX - left - MARGIN.left) / Math.max(x.step(), 1));
      return Math.min(Math.max(bar, 0), bars.length - 1);
    },
  });
  const current = bars[brush.head];

  return (
    <div
      ref={plot}
      role="slider"
      tabIndex={0}
      aria-label={`${title}: choose a time with the arrow keys, more with Shift, then Enter`}
      aria-describedby={summaryId}
      aria-valuemin={0}
      aria-valuemax={bars.length - 1}
      aria-valuenow={brush.head}
      aria-valuetext={current ? barText(current, timeZone) : ''}
      className="cursor-crosshair touch-pan-y select-none rounded"
      {...brush.handlers}
    >
      <svg aria-hidden width={width} height={HEIGHT} className="block">
        <HistogramPattern id={patternId} />
        <Amounts y={y} width={width} />
        {bars.map((bar, index) => (
          <HistogramBar
            key={bar.from}
            bar={bar}
            x={x(index) ?? 0}
            width={x.bandwidth()}
            y={y}
            patternId={patternId}
            title={barText(bar, timeZone)}
          />
        ))}
        {brush.range && (
          <rect
            x={x(brush.range.first) ?? 0}
            width={(brush.range.last - brush.range.first + 1) * x.step()}
            y={0}
            height={HEIGHT}
            className="fill-accent/15 stroke-accent"
          />
        )}
      </svg>
    </div>
  );
}

function Amounts({ y, width }: { y: ReturnType<typeof scalesOf>['y']; width: number }) {
  return y
    .ticks(2)
    .filter(Number.isInteger)
    .map((amount) => (
      <g key={amount} className="fill-muted text-xs">
        <line x1={MARGIN.left} x2={width} y1={y(amount)} y2={y(amount)} className="stroke-line" />
        <text x={MARGIN.left - 6} y={y(amount)} dy="0.32em" textAnchor="end">
          {formatCount(amount)}
        </text>
      </g>
    ));
}

function scalesOf(bars: readonly TimeBar[], width: number) {
  const highest = bars.reduce((most, { count }) => Math.max(most, count), 1);
  return {
    x: scaleBand({
      domain: bars.map((_, index) => index),
      range: [MARGIN.left, Math.max(width - MARGIN.right, MARGIN.left)],
      padding: 0.12,
    }),
    y: scaleLinear({ domain: [0, highest], range: [HEIGHT - MARGIN.bottom, MARGIN.top], nice: 2 }),
  };
}

/** One bar in words: "25 Nov 2026, 06:00: 31 events, 2 failures". */
function barText({ from, count, failures, isPartial }: TimeBar, timeZone: string): string {
  const soFar = isPartial ? ' so far' : '';
  return `${formatInstant(from, timeZone)}: ${formatCount(count)} events${soFar}, ${formatCount(failures)} failures`;
}
