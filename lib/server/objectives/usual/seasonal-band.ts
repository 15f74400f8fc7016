import type { MetricPoint } from '@/lib/shared/metrics';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;

/** Days that a band learns before it judges: every hour of the week at least twice. */
export const DAYS_NEEDED = 14;

const MIN_SAMPLES = 4;

/** How far from the median is still usual, in median absolute deviations: about 3.4 standard deviations of a normal spread. */
const WIDTH_MADS = 5;

/** What is read from an hour, and below which distance from the median nothing is unusual, however steady the past was. */
export type Measure = {
  valueOf: (point: MetricPoint) => number | null;
  floor: number;
  floorShare: number;
};

export type SeasonalBand = {
  atMs: number;
  value: number | null;
  daysKnown: number;
  samples: number;
  /** Null while it learns. */
  band: { low: number; median: number; high: number } | null;
};

/**
 * Compares the last whole hour before a moment with the same hour of earlier weeks (UTC), and the hours beside it: median and
 * median absolute deviation, which a single odd week does not move.
 * @param hours points of hours, in the order of time
 */
export function seasonalBand(hours: readonly MetricPoint[], measure: Measure, nowMs: number): SeasonalBand {
  const atMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - HOUR_MS;
  const known = hours.filter(({ at, state }) => state !== 'silent' && Date.parse(at) <= atMs);
  const judged = known.find(({ at }) => Date.parse(at) === atMs);
  const past = known.filter(({ at }) => isSameHourOfWeek(Date.parse(at), atMs));
  const values = past.map(measure.valueOf).filter((value) => value !== null);
  const today = dateOf(new Date(atMs).toISOString());
  const daysKnown = new Set(known.map(({ at }) => dateOf(at)).filter((date) => date !== today)).size;
  const isLearned = daysKnown >= DAYS_NEEDED && values.length >= MIN_SAMPLES;
  return {
    atMs,
    value: judged ? measure.valueOf(judged) : null,
    daysKnown,
    samples: values.length,
    band: isLearned ? bandOf(values, measure) : null,
  };
}

const dateOf = (instant: string) => instant.slice(0, 10);

/** In an earlier week, at most one hour beside. */
function isSameHourOfWeek(pastMs: number, atMs: number): boolean {
  const hoursBefore = Math.round((atMs - pastMs) / HOUR_MS);
  const beside = hoursBefore % WEEK_HOURS;
  return hoursBefore > DAY_HOURS && (beside <= 1 || beside === WEEK_HOURS - 1);
}

function bandOf(values: readonly number[], { floor, floorShare }: Measure) {
  const middle = median(values);
  const deviation = median(values.map((value) => Math.abs(value - middle)));
  const half = Math.max(WIDTH_MADS * deviation, floorShare * middle, floor);
  return { low: Math.max(middle - half, 0), median: middle, high: middle + half };
}

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
