import type { HeatCell } from '@/components/charts/heatmap-cells';
import type { Stack } from '@/components/charts/stacked-bars';
import type { TimePoint } from '@/components/charts/time-points';
import { bucketBounds } from '@/lib/shared/histogram';
import type { MetricPoint } from '@/lib/shared/metrics';

/** One amount of each point, as a line is drawn through it. */
export function timePoints(
  points: readonly MetricPoint[],
  amountOf: (point: MetricPoint) => number | null,
): TimePoint[] {
  return points.map((point) => ({ atMs: Date.parse(point.at), value: amountOf(point), state: point.state }));
}

/** Counts by name of each point, as bars are stacked of them. */
export function stacksOf(
  points: readonly MetricPoint[],
  countsOf: (point: MetricPoint) => Record<string, number>,
): Stack[] {
  return points.map((point) => ({
    atMs: Date.parse(point.at),
    counts: countsOf(point),
    isPartial: point.state === 'partial',
  }));
}

export const failedOutcomes = ({ outcomes: { success: _, ...failures } }: MetricPoint) => failures;

/** What an axis from 1 ms on shows for the bucket below it, and for the endless one above. */
const [SHORTEST_MS, LONGEST_MS] = [0.7, 2 ** 20.25];

/** How many operations of each slot took how long. */
export function heatCells(points: readonly MetricPoint[]): HeatCell[] {
  return points.flatMap((point) =>
    Object.entries(point.buckets).flatMap(([bucket, count]) => {
      if (count === 0) return [];
      const { from, to } = bucketBounds(Number(bucket));
      return [
        {
          atMs: Date.parse(point.at),
          from: Math.max(from, SHORTEST_MS),
          to: Math.min(to, LONGEST_MS),
          count,
        },
      ];
    }),
  );
}

export const highestOf = (points: readonly TimePoint[]) =>
  points.reduce((most, { value }) => Math.max(most, value ?? 0), 0);

/** Finds the point of a slot. */
export function pointFinder(points: readonly MetricPoint[]): (slotMs: number) => MetricPoint | undefined {
  const known = new Map(points.map((point) => [Date.parse(point.at), point]));
  return (slotMs) => known.get(slotMs);
}

const STEP_NOUNS: Record<number, string> = {
  60000: 'minute',
  3600000: 'hour',
  86400000: 'day',
  604800000: 'week',
};

/** What counts are counted per: "minute", "10 min", "3 h". */
export function stepText(stepMs: number): string {
  const noun = STEP_NOUNS[stepMs];
  if (noun) return noun;
  if (stepMs < 3_600_000) return `${stepMs / 60_000} min`;
  return stepMs < 86_400_000 ? `${stepMs / 3_600_000} h` : `${stepMs / 86_400_000} days`;
}
