import { AreaClosed, LinePath } from '@visx/shape';
import type { ChartScales } from '@/components/charts/chart-scales';
import { type Point, type Step, stepPoints } from '@/components/charts/step-points';

const LINES = {
  main: 'fill-none stroke-accent stroke-[1.5]',
  warning: 'fill-none stroke-warning stroke-[1.5]',
};

type Props = { series: { look: keyof typeof LINES; steps: readonly Step[] }; scales: ChartScales };

/** One series as a line; the main one stands on an area. */
export function SeriesShape({ series: { look, steps }, scales }: Props) {
  const points = stepPoints(steps);
  const x = ({ atSeconds }: Point) => scales.x(new Date(atSeconds * 1000));
  const y = ({ value }: Point) => scales.y(value);
  return (
    <g aria-hidden>
      {look === 'main' && (
        <AreaClosed data={points} x={x} y={y} yScale={scales.y} className="fill-accent/15" />
      )}
      <LinePath data={points} x={x} y={y} className={LINES[look]} />
    </g>
  );
}
