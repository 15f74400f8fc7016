import { type ChartScales, HEIGHT, MARGIN } from '@/components/charts/chart-scales';
import { formatElapsed } from '@/components/charts/step-points';

const PIXELS_PER_TICK = 90;

/** Lines at round amounts and labels at round times. */
export function ChartAxes({ scales: { x, y }, width }: { scales: ChartScales; width: number }) {
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  return (
    <g aria-hidden className="fill-muted text-xs tabular-nums">
      {y.ticks(4).map((amount) => (
        <g key={amount}>
          <line x1={MARGIN.left} x2={right} y1={y(amount)} y2={y(amount)} className="stroke-line" />
          <text x={MARGIN.left - 8} y={y(amount)} dy="0.32em" textAnchor="end">
            {amount.toLocaleString('en')}
          </text>
        </g>
      ))}
      {x.ticks(Math.max(Math.floor((right - MARGIN.left) / PIXELS_PER_TICK), 2)).map((moment) => (
        <text key={moment.getTime()} x={x(moment)} y={bottom + 16} textAnchor="middle">
          {formatElapsed(moment.getTime() / 1000)}
        </text>
      ))}
    </g>
  );
}
