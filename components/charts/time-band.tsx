import { lineParts, type TimePoint } from '@/components/charts/time-points';
import type { TimeScales } from '@/components/charts/time-scales';

type Props = {
  /** Both have the same slots. */
  lower: readonly TimePoint[];
  upper: readonly TimePoint[];
  scales: TimeScales;
  className: string;
};

/** The area between two lines. */
export function TimeBand({ lower, upper, scales, className }: Props) {
  const lowerAt = new Map(lower.map(({ atMs, value }) => [atMs, value]));
  return (
    <g aria-hidden className={className}>
      {lineParts(upper, scales.stepMs).map(({ points }) => {
        const [first] = points;
        const forth = points.map(({ atMs, value }) => `${scales.middle(atMs)},${scales.y(value)}`);
        const back = points
          .toReversed()
          .map(({ atMs, value }) => `${scales.middle(atMs)},${scales.y(lowerAt.get(atMs) ?? value)}`);
        return <polygon key={first?.atMs} points={[...forth, ...back].join(' ')} />;
      })}
    </g>
  );
}
