export const HOUR_MS = 3_600_000;

/** So many in the hour that begins at `from` (an instant). */
export type HourCount = { from: string; count: number };

/** A bar: its place among the hours of the span, and its height as a share of the highest. */
export type SparkBar = { slot: number; share: number };

/** The bars of the hours that lie in the span before a moment (ms since 1970); what is older is left out. */
export function sparkBars(
  hours: readonly HourCount[],
  { untilMs, spanMs }: { untilMs: number; spanMs: number },
): SparkBar[] {
  const endHour = Math.floor(untilMs / HOUR_MS);
  const slots = Math.round(spanMs / HOUR_MS);
  const placed = hours
    .map(({ from, count }) => ({
      slot: slots - 1 - (endHour - Math.floor(Date.parse(from) / HOUR_MS)),
      count,
    }))
    .filter(({ slot, count }) => slot >= 0 && slot < slots && count > 0);
  const highest = placed.reduce((most, { count }) => Math.max(most, count), 1);
  return placed.map(({ slot, count }) => ({ slot, share: count / highest }));
}
