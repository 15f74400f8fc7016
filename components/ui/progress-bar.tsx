import { classNames } from '@/components/ui/class-names';
import type { Tone } from '@/components/ui/tone';

const FILLS: Record<Tone, string> = {
  neutral: 'fill-control',
  info: 'fill-accent',
  success: 'fill-success',
  warning: 'fill-warning',
  danger: 'fill-danger',
};

export type ProgressPart = { label: string; value: number; tone: Tone };

type Props = {
  label: string;
  /** What is done, in parts of their own color; together at most `total`. */
  parts: readonly ProgressPart[];
  /** Null where nobody knows how much there is. */
  total: number | null;
  /** What is read out in place of a percentage. */
  valueText?: string;
  className?: string;
};

/** How far something is. The numbers themselves belong beside it: color and length never stand alone. */
export function ProgressBar({ label, parts, total, valueText, className }: Props) {
  const done = parts.reduce((sum, { value }) => sum + value, 0);
  const scale = total ? 100 / total : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={total === null ? undefined : Math.floor(done * scale)}
      aria-valuetext={valueText}
      className={classNames('h-2 w-full overflow-hidden rounded-full bg-hover', className)}
    >
      {total === null ? (
        <div className="h-full w-1/3 animate-pulse rounded-full bg-accent" />
      ) : (
        <Parts parts={parts} scale={scale} />
      )}
    </div>
  );
}

function Parts({ parts, scale }: { parts: readonly ProgressPart[]; scale: number }) {
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { value }) => sum + value, 0));
  return (
    <svg aria-hidden="true" width="100%" height="100%" className="block">
      {parts.map(({ label, value, tone }, index) => (
        <rect
          key={label}
          x={`${(starts[index] ?? 0) * scale}%`}
          width={`${value * scale}%`}
          height="100%"
          className={FILLS[tone]}
        />
      ))}
    </svg>
  );
}
