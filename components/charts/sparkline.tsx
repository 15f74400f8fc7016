import { HOUR_MS, type HourCount, sparkBars } from '@/components/charts/spark-bars';

/** Pixels. */
const WIDTH = 144;
const HEIGHT = 28;

type Props = {
  /** What the bars count, in one sentence. */
  summary: string;
  hours: readonly HourCount[];
  /** The moment at the right end, as an instant. */
  until: string;
  spanHours?: number;
};

/** Counts by the hour as small bars, up to now; an hour without anything has none. */
export function Sparkline({ summary, hours, until, spanHours = 48 }: Props) {
  const bars = sparkBars(hours, { untilMs: Date.parse(until), spanMs: spanHours * HOUR_MS });
  const step = WIDTH / spanHours;
  return (
    <svg
      role="img"
      aria-label={summary}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="block shrink-0"
    >
      <title>{summary}</title>
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line" />
      {bars.map(({ slot, share }) => (
        <rect
          key={slot}
          x={slot * step + 0.5}
          width={step - 1}
          y={HEIGHT - Math.max(share * HEIGHT, 2)}
          height={Math.max(share * HEIGHT, 2)}
          className="fill-accent"
        />
      ))}
    </svg>
  );
}
