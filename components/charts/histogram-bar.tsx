import type { TimeBar } from '@/components/charts/histogram';
import { classNames } from '@/components/ui/class-names';

type Props = {
  bar: TimeBar;
  x: number;
  width: number;
  y: (amount: number) => number;
  patternId: string;
  title: string;
};

/** One bar; its failures are hatched at its foot, and one that still grows is drawn as an outline. */
export function HistogramBar({ bar: { count, failures, isPartial }, x, width, y, patternId, title }: Props) {
  const height = (amount: number) => (amount === 0 ? 0 : Math.max(y(0) - y(amount), 2));
  return (
    <g>
      <title>{title}</title>
      <rect x={x} width={width} y={0} height={y(0)} className="fill-transparent" />
      <rect
        x={x}
        width={width}
        y={y(0) - height(count)}
        height={height(count)}
        className={classNames(isPartial ? 'fill-accent/25 stroke-accent' : 'fill-accent')}
        {...(isPartial ? { strokeDasharray: '3 2' } : {})}
      />
      <rect
        x={x}
        width={width}
        y={y(0) - height(failures)}
        height={height(failures)}
        fill={`url(#${patternId})`}
        className="stroke-danger"
      />
    </g>
  );
}

/** The hatching of failures: to be told apart without colour. */
export function HistogramPattern({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={4} height={4} className="fill-danger-soft" />
        <rect width={2} height={4} className="fill-danger" />
      </pattern>
    </defs>
  );
}
