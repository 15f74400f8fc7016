import { LinePath } from '@visx/shape';
import { SILENT_FILL } from '@/components/charts/chart-patterns';
import { lineParts, silentSpans, type TimePoint } from '@/components/charts/time-points';
import { TIME_MARGIN, type TimeScales } from '@/components/charts/time-scales';
import { classNames } from '@/components/ui/class-names';

type LineProps = { points: readonly TimePoint[]; scales: TimeScales; className?: string };

/** A line through the middles of its slots: dashed to and from what is not complete, broken where nothing is known. */
export function TimeLine({ points, scales, className = 'stroke-accent' }: LineProps) {
  return (
    <g aria-hidden>
      {lineParts(points, scales.stepMs).map((part) => {
        const [first] = part.points;
        if (!first) return null;
        if (part.points.length === 1) {
          return (
            <circle
              key={first.atMs}
              cx={scales.middle(first.atMs)}
              cy={scales.y(first.value)}
              r={part.isPartial ? 2.5 : 2}
              className={classNames('fill-surface stroke-[1.5]', className)}
            />
          );
        }
        return (
          <LinePath
            key={first.atMs}
            data={part.points}
            x={({ atMs }) => scales.middle(atMs)}
            y={({ value }) => scales.y(value)}
            strokeLinejoin="round"
            className={classNames('fill-none stroke-[1.5]', className)}
            {...(part.isPartial ? { strokeDasharray: '3 3' } : {})}
          />
        );
      })}
    </g>
  );
}

/** Hatches the times of which nothing is known. */
export function SilentSpans({ points, scales }: Omit<LineProps, 'className'>) {
  return silentSpans(points, scales.stepMs).map(({ fromMs, toMs }) => (
    <rect
      key={fromMs}
      x={scales.x(fromMs)}
      width={Math.max(scales.x(toMs) - scales.x(fromMs), 0)}
      y={TIME_MARGIN.top}
      height={scales.bottom - TIME_MARGIN.top}
      fill={SILENT_FILL}
    />
  ));
}
