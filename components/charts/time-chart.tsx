'use client';

import { type ReactNode, useId, useRef } from 'react';
import { useChartTime, useCursor } from '@/components/charts/chart-time';
import { CursorLine } from '@/components/charts/cursor-line';
import { TimeAxes } from '@/components/charts/time-axes';
import { type Amounts, TIME_MARGIN, type TimeScales, timeScales } from '@/components/charts/time-scales';
import { slotAt } from '@/components/charts/time-window';
import { useTimeCursor } from '@/components/charts/use-time-cursor';
import { useWidth } from '@/components/charts/use-width';
import { dayClockText, momentText } from '@/components/charts/zone-time';
import { classNames } from '@/components/ui/class-names';

type Props = {
  title: string;
  /** What the chart shows in one sentence: beside the title, and for those who do not see it. */
  summary: string;
  amounts: Amounts;
  formatAmount: (amount: number) => string;
  /** One slot in words; stands where the summary was while the cursor is on it. */
  slotText: (slotMs: number) => string;
  onOpen?: (slotMs: number) => void;
  /** Pixels. */
  height?: number;
  /** The keyboard reaches it: of charts side by side one is enough, since they share the cursor. */
  isStop?: boolean;
  hasMarks?: boolean;
  children: (scales: TimeScales) => ReactNode;
};

/** A frame for what is drawn over time: axes, the shared cursor, its readout and the keys that move it. */
export function TimeChart({ title, summary, slotText, height = 112, ...props }: Props) {
  const summaryId = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="flex items-baseline justify-between gap-x-3 text-sm">
        <span className="shrink-0 font-medium">{title}</span>
        <span className="min-w-0 truncate text-muted text-xs tabular-nums">
          <Readout summary={summary} slotText={slotText} />
        </span>
      </figcaption>
      <p id={summaryId} hidden>
        {summary}
      </p>
      <div ref={ref} style={{ height }} className="w-full">
        {width > TIME_MARGIN.left + TIME_MARGIN.right && (
          <Plot
            {...props}
            title={title}
            slotText={slotText}
            summaryId={summaryId}
            width={width}
            height={height}
          />
        )}
      </div>
    </figure>
  );
}

function Readout({ summary, slotText }: Pick<Props, 'summary' | 'slotText'>) {
  const { timeZone, window } = useChartTime();
  const { headMs } = useCursor();
  if (headMs === null) return summary;
  const slotMs = slotAt(window, headMs);
  return (
    <span className="text-ink">
      {momentText(slotMs, window.toMs - window.fromMs, timeZone)} · {slotText(slotMs)}
    </span>
  );
}

type PlotProps = Omit<Props, 'summary' | 'height'> & { summaryId: string; width: number; height: number };

function Plot({ amounts, formatAmount, hasMarks = false, children, ...props }: PlotProps) {
  const { window, timeZone, marks } = useChartTime();
  const scales = timeScales(window, amounts, props);
  return (
    <CursorSurface {...props} scales={scales}>
      <svg aria-hidden width={props.width} height={props.height} className="block">
        <TimeAxes scales={scales} window={window} timeZone={timeZone} formatAmount={formatAmount} />
        {children(scales)}
        {hasMarks &&
          marks.map(({ key, atMs }) => (
            <path
              key={key}
              d={`M${scales.x(atMs)} ${TIME_MARGIN.top}V${scales.bottom}m-4 0h8l-4 -6z`}
              className="fill-muted stroke-muted"
              strokeDasharray="1 3"
            />
          ))}
        <CursorLine scales={scales} />
      </svg>
    </CursorSurface>
  );
}

type SurfaceProps = Pick<PlotProps, 'title' | 'slotText' | 'onOpen' | 'summaryId' | 'isStop'> & {
  scales: TimeScales;
  children: ReactNode;
};

/** What listens to pointer and keys; it alone renders again when the cursor moves. */
function CursorSurface({
  title,
  slotText,
  onOpen,
  summaryId,
  isStop = false,
  scales,
  children,
}: SurfaceProps) {
  const { window, timeZone } = useChartTime();
  const { headMs } = useCursor();
  const ref = useRef<HTMLDivElement>(null);
  const handlers = useTimeCursor({
    momentAt: (clientX) => scales.momentAt(clientX - (ref.current?.getBoundingClientRect().left ?? 0)),
    onOpen,
  });
  const slotMs = slotAt(window, headMs ?? window.toMs);
  const more = onOpen ? ', Enter for examples' : '';
  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={isStop ? 0 : -1}
      aria-label={`${title}: move with the arrow keys${more}; select with Shift and zoom in with Enter, zoom with + and -`}
      aria-describedby={summaryId}
      aria-valuemin={0}
      aria-valuemax={Math.max(Math.round((window.toMs - window.fromMs) / window.stepMs) - 1, 0)}
      aria-valuenow={Math.round((slotMs - window.fromMs) / window.stepMs)}
      aria-valuetext={`${dayClockText(slotMs, timeZone)}: ${slotText(slotMs)}`}
      className={classNames(
        'touch-pan-y select-none rounded',
        onOpen ? 'cursor-pointer' : 'cursor-crosshair',
      )}
      {...handlers}
    >
      {children}
    </div>
  );
}
