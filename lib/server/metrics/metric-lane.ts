import { type Series, STEP_MS, type Step } from '@/lib/shared/metrics';

const DAY_SECONDS = 24 * 60 * 60;

/** How long points of each width are kept, in days. */
export const KEPT_DAYS: Record<Step, number> = { minute: 8, hour: 100, day: 730 };

/** How much of an instant names the partition that its points lie in: minutes by day, hours by month, days by year. */
const LANE_LENGTH: Record<Step, number> = { minute: 10, hour: 7, day: 4 };

/** The first millisecond of the step that this instant lies in (UTC). */
export function stepStart(atMs: number, step: Step): number {
  return Math.floor(atMs / STEP_MS[step]) * STEP_MS[step];
}

/** The partition of a series' points of this width around this instant. */
export function seriesLane(series: Series, step: Step, atMs: number): string {
  return `${step}#${series}#${laneName(step, atMs)}`;
}

/** The partition of what processes said of themselves. */
export function reportLane(step: Step, atMs: number): string {
  return `${step}#reports#${laneName(step, atMs)}`;
}

/** One instant in each partition that holds points from one instant to another, both included, oldest first. */
export function laneInstants(step: Step, fromMs: number, toMs: number): number[] {
  const instants: number[] = [];
  for (let atMs = stepStart(fromMs, 'day'); atMs <= toMs; atMs += STEP_MS.day) {
    const before = instants.at(-1);
    if (before === undefined || laneName(step, before) !== laneName(step, atMs)) instants.push(atMs);
  }
  return instants;
}

/** When DynamoDB may delete a point, in seconds since 1970. */
export function metricTtl(step: Step, atMs: number): number {
  return Math.floor(atMs / 1000) + KEPT_DAYS[step] * DAY_SECONDS;
}

function laneName(step: Step, atMs: number): string {
  return new Date(atMs).toISOString().slice(0, LANE_LENGTH[step]);
}
