/** Fill for a time of which nothing is known. */
export const SILENT_FILL = 'url(#chart-silent)';

/** Fills that tell colors apart without color; every chart of the page uses these. */
export function ChartPatterns() {
  return (
    <svg aria-hidden width={0} height={0} className="absolute">
      <defs>
        <pattern
          id="chart-silent"
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={6} height={6} className="fill-sunken" />
          <rect width={1.5} height={6} className="fill-control/40" />
        </pattern>
      </defs>
    </svg>
  );
}
