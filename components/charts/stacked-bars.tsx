import { lookOf } from '@/components/charts/series-looks';
import type { TimeScales } from '@/components/charts/time-scales';
import { classNames } from '@/components/ui/class-names';

/** How many of each name there were in a slot. */
export type Stack = { atMs: number; counts: Readonly<Record<string, number>>; isPartial: boolean };

type Props = { stacks: readonly Stack[]; names: readonly string[]; scales: TimeScales };

/** Counts of several names on top of each other; a slot that is not complete is drawn as outlines. */
export function StackedBars({ stacks, names, scales }: Props) {
  return (
    <g aria-hidden>
      {stacks.map((stack) => (
        <StackedBar key={stack.atMs} stack={stack} names={names} scales={scales} />
      ))}
    </g>
  );
}

function StackedBar({
  stack: { atMs, counts, isPartial },
  names,
  scales,
}: Omit<Props, 'stacks'> & { stack: Stack }) {
  const x = scales.x(atMs);
  const width = Math.max(scales.x(atMs + scales.stepMs) - x - 1, 1);
  let below = 0;
  return names.map((name, index) => {
    const count = counts[name] ?? 0;
    if (count === 0) return null;
    const bottom = scales.y(below);
    below += count;
    // What is there at all can be seen.
    const height = Math.max(bottom - scales.y(below), 1.5);
    const { fill, stroke } = lookOf(index);
    return (
      <rect
        key={name}
        x={x}
        width={width}
        y={bottom - height}
        height={height}
        className={classNames(isPartial ? `${stroke} fill-none` : fill)}
        {...(isPartial ? { strokeDasharray: '2 2' } : {})}
      />
    );
  });
}

export const totalOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
