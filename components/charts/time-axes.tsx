import { TIME_MARGIN, type TimeScales, timeTicks } from '@/components/charts/time-scales';
import type { TimeWindow } from '@/components/charts/time-window';
import { tickText, zoneOffsetMs } from '@/components/charts/zone-time';

type Props = {
  scales: TimeScales;
  window: TimeWindow;
  timeZone: string;
  formatAmount: (amount: number) => string;
};

const PIXELS_PER_AMOUNT = 34;

/** Lines at round amounts, and labels at round times of the reader's clock. */
export function TimeAxes({ scales, window, timeZone, formatAmount }: Props) {
  const { width, height, bottom } = scales;
  const moments = timeTicks(window, width, zoneOffsetMs(window.fromMs, timeZone));
  return (
    <g aria-hidden className="fill-muted text-xs tabular-nums">
      {scales.ticks(Math.max(Math.floor((bottom - TIME_MARGIN.top) / PIXELS_PER_AMOUNT), 2)).map((amount) => (
        <g key={amount}>
          <line
            x1={TIME_MARGIN.left}
            x2={width - TIME_MARGIN.right}
            y1={scales.y(amount)}
            y2={scales.y(amount)}
            className="stroke-line"
          />
          <text x={TIME_MARGIN.left - 6} y={scales.y(amount)} dy="0.32em" textAnchor="end">
            {formatAmount(amount)}
          </text>
        </g>
      ))}
      {moments.map((atMs) => (
        <text key={atMs} x={scales.x(atMs)} y={height - 4} textAnchor={anchorOf(scales.x(atMs), width)}>
          {tickText(atMs, timeZone)}
        </text>
      ))}
    </g>
  );
}

/** Labels at the edges stay inside. */
function anchorOf(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x > width - 24) return 'end';
  return x < TIME_MARGIN.left + 12 ? 'start' : 'middle';
}
