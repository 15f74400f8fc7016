import { scaleLinear, scaleUtc } from '@visx/scale';
import type { Step } from '@/components/charts/step-points';

/** Pixels. */
export const HEIGHT = 176;
export const MARGIN = { top: 8, right: 20, bottom: 24, left: 48 } as const;

/** At least this much of time and amount, so that a start does not look like a cliff. */
const MIN_SECONDS = 30;
const MIN_AMOUNT = 10;

export type ChartScales = ReturnType<typeof chartScales>;

/** Where moments (as dates since 1970, so that ticks fall on whole minutes) and amounts lie in a chart of this width. */
export function chartScales(series: readonly { steps: readonly Step[] }[], width: number) {
  const steps = series.flatMap((one) => one.steps);
  const endSeconds = steps.reduce((end, { toSeconds }) => Math.max(end, toSeconds), MIN_SECONDS);
  const highest = steps.reduce((most, { value }) => Math.max(most, value), MIN_AMOUNT);
  return {
    x: scaleUtc({
      domain: [new Date(0), new Date(endSeconds * 1000)],
      range: [MARGIN.left, Math.max(width - MARGIN.right, MARGIN.left)],
    }),
    y: scaleLinear({
      domain: [0, highest],
      range: [HEIGHT - MARGIN.bottom, MARGIN.top],
      nice: 4,
    }),
  };
}
