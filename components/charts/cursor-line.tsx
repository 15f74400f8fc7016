'use client';

import { useChartTime, useCursor } from '@/components/charts/chart-time';
import { selectionOf } from '@/components/charts/cursor-store';
import { TIME_MARGIN, type TimeScales } from '@/components/charts/time-scales';

/** The shared cursor in one chart, and what is selected. */
export function CursorLine({ scales }: { scales: TimeScales }) {
  const { window } = useChartTime();
  const cursor = useCursor();
  if (cursor.headMs === null || cursor.headMs < window.fromMs || cursor.headMs >= window.toMs) return null;
  const selection = selectionOf(cursor);
  const height = scales.bottom - TIME_MARGIN.top;
  return (
    <>
      {selection && (
        <rect
          x={scales.x(selection.firstMs)}
          width={scales.x(selection.lastMs + window.stepMs) - scales.x(selection.firstMs)}
          y={TIME_MARGIN.top}
          height={height}
          className="fill-accent/15 stroke-accent"
        />
      )}
      <rect
        x={scales.middle(cursor.headMs) - 0.5}
        width={1}
        y={TIME_MARGIN.top}
        height={height}
        className="fill-ink"
      />
    </>
  );
}
