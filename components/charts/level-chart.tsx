'use client';

import { scalePoint, scaleUtc } from '@visx/scale';
import { useId } from 'react';
import { levelSpans } from '@/components/charts/level-spans';
import { useWidth } from '@/components/charts/use-width';
import { classNames } from '@/components/ui/class-names';
import { formatInstant } from '@/components/ui/time-format';
import { useTimeZone } from '@/components/ui/use-time-zone';

type Props = {
  title: string;
  summary: string;
  /** Names of the levels, lowest first. */
  levels: readonly string[];
  /** The level that is drawn as an alarm. */
  alarm: string;
  from: string;
  to: string;
  /** Where the level changed, oldest first. */
  changes: readonly { at: string; level: string }[];
};

/** Pixels. */
const HEIGHT = 112;
const MARGIN = { top: 10, right: 8, bottom: 10, left: 76 } as const;

/** Which of a few levels something had over time, as a line of steps. */
export function LevelChart({ title, summary, from, to, ...props }: Props) {
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const timeZone = useTimeZone();
  return (
    <figure className="flex flex-col gap-1 rounded-lg border border-line bg-surface p-3">
      <figcaption className="font-medium text-sm">{title}</figcaption>
      <div ref={ref} className="h-28 w-full">
        {width > MARGIN.left + MARGIN.right && (
          <svg
            role="img"
            aria-labelledby={`${id}-title ${id}-summary`}
            width={width}
            height={HEIGHT}
            className="block"
          >
            <title id={`${id}-title`}>{title}</title>
            <desc id={`${id}-summary`}>{summary}</desc>
            <Steps width={width} from={from} to={to} {...props} />
          </svg>
        )}
      </div>
      <p aria-hidden className="flex justify-between gap-2 pl-[4.75rem] text-muted text-xs">
        <span>{formatInstant(from, timeZone)}</span>
        <span>{formatInstant(to, timeZone)}</span>
      </p>
    </figure>
  );
}

type StepsProps = Omit<Props, 'title' | 'summary'> & { width: number };

function Steps({ width, levels, alarm, from, to, changes }: StepsProps) {
  const x = scaleUtc({
    domain: [new Date(from), new Date(to)],
    range: [MARGIN.left, width - MARGIN.right],
  });
  const y = scalePoint({ domain: [...levels], range: [HEIGHT - MARGIN.bottom, MARGIN.top] });
  const spans = levelSpans(changes, to);
  const path = spans.map(({ from: begin, to: end, level }, place) => {
    const height = y(level) ?? 0;
    return `${place === 0 ? 'M' : 'L'}${x(new Date(begin))},${height}H${x(new Date(end))}`;
  });
  return (
    <g aria-hidden>
      {levels.map((level) => (
        <g key={level} className={classNames('text-xs', level === alarm ? 'fill-danger' : 'fill-muted')}>
          <line
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(level)}
            y2={y(level)}
            className="stroke-line"
          />
          <text x={MARGIN.left - 8} y={y(level)} dy="0.32em" textAnchor="end">
            {level}
          </text>
        </g>
      ))}
      {spans
        .filter(({ level }) => level === alarm)
        .map(({ from: begin, to: end }) => (
          <rect
            key={begin}
            x={x(new Date(begin))}
            width={Math.max(x(new Date(end)) - x(new Date(begin)), 2)}
            y={MARGIN.top}
            height={HEIGHT - MARGIN.top - MARGIN.bottom}
            className="fill-danger/20"
          />
        ))}
      <path d={path.join('')} className="fill-none stroke-[1.5] stroke-accent" />
    </g>
  );
}
