import { type HeatCell, LEVELS, levelOf } from '@/components/charts/heatmap-cells';
import type { TimeScales } from '@/components/charts/time-scales';

const SHADES = ['fill-accent/15', 'fill-accent/30', 'fill-accent/50', 'fill-accent/75', 'fill-accent'];

/** Cells as shades, each shade one path: thousands of cells cost no more than a few lines. */
export function Heatmap({ cells, scales }: { cells: readonly HeatCell[]; scales: TimeScales }) {
  const highest = cells.reduce((most, { count }) => Math.max(most, count), 0);
  const paths = Array.from({ length: LEVELS }, () => '');
  for (const cell of cells) paths[levelOf(cell.count, highest) - 1] += cellPath(cell, scales);
  return (
    <g aria-hidden>
      {paths.map(
        (path, level) => path && <path key={SHADES[level]} d={path} className={SHADES[level] ?? ''} />,
      )}
    </g>
  );
}

function cellPath({ atMs, from, to }: HeatCell, scales: TimeScales): string {
  const [left, right] = [scales.x(atMs), scales.x(atMs + scales.stepMs)];
  const [top, bottom] = [scales.y(to), scales.y(from)];
  return `M${left.toFixed(1)} ${top.toFixed(1)}H${right.toFixed(1)}V${bottom.toFixed(1)}H${left.toFixed(1)}Z`;
}

/** What the shades stand for. */
export function HeatLegend() {
  return (
    <p className="flex items-center gap-1.5 text-muted text-xs">
      seldom
      <svg aria-hidden width={LEVELS * 14} height={10}>
        {SHADES.map((shade, level) => (
          <rect key={shade} x={level * 14} width={13} height={10} className={shade} />
        ))}
      </svg>
      often
    </p>
  );
}
