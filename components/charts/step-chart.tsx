'use client';

import { useId } from 'react';
import { ChartAxes } from '@/components/charts/chart-axes';
import { chartScales, HEIGHT, MARGIN } from '@/components/charts/chart-scales';
import { ChartTable } from '@/components/charts/chart-table';
import { SeriesShape } from '@/components/charts/series-shape';
import type { Step } from '@/components/charts/step-points';
import { useWidth } from '@/components/charts/use-width';

export type Series = { label: string; look: 'main' | 'warning'; steps: readonly Step[] };

type Props = {
  title: string;
  /** What the chart shows in one sentence, for those who do not see it. */
  summary: string;
  /** The first is the one the chart is about; all share one scale that begins at zero. */
  series: readonly [Series, ...Series[]];
};

/** Amounts over the time since a start, as steps; the same numbers as a table on demand. */
export function StepChart({ title, summary, series }: Props) {
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const scales = chartScales(series, width);

  return (
    <figure className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{title}</span>
        {series.length > 1 && <Legend series={series} />}
      </figcaption>
      <div ref={ref} className="h-44 w-full">
        {width > MARGIN.left + MARGIN.right && (
          <svg
            role="img"
            aria-labelledby={`${id}-title ${id}-summary`}
            viewBox={`0 0 ${width} ${HEIGHT}`}
            width={width}
            height={HEIGHT}
            className="block"
          >
            <title id={`${id}-title`}>{title}</title>
            <desc id={`${id}-summary`}>{summary}</desc>
            <ChartAxes scales={scales} width={width} />
            {series.map((one) => (
              <SeriesShape key={one.label} series={one} scales={scales} />
            ))}
          </svg>
        )}
      </div>
      <ChartTable caption={title} series={series} />
    </figure>
  );
}

const SWATCHES = { main: 'bg-accent', warning: 'bg-warning' };

function Legend({ series }: Pick<Props, 'series'>) {
  return (
    <ul className="flex flex-wrap gap-x-4 text-muted">
      {series.map(({ label, look }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span aria-hidden className={`size-2.5 rounded-sm ${SWATCHES[look]}`} />
          {label}
        </li>
      ))}
    </ul>
  );
}
