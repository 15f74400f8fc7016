/** Units that a table has taken in this time while it had nothing left before and after; older ones count less. */
export type Evidence = { units: number; ms: number };

export const NO_EVIDENCE: Evidence = { units: 0, ms: 0 };

/** How far evidence reaches back, and from how many units on it says something. */
const WINDOW_MS = 2500;
const ENOUGH_UNITS = 15;

/** Where a new interval differs from the older ones by this factor, the capacity has changed and they no longer count. */
const CHANGED = 1.5;

type Interval = { units: number; ms: number; before: number };

/** The capacity after one more interval, in units a second. Little evidence moves it by a factor of two at most. */
export function learnRate(
  evidence: Evidence,
  { units, ms, before }: Interval,
): { evidence: Evidence; rate: number } {
  const kept = isOther(evidence, { units, ms }) ? NO_EVIDENCE : evidence;
  const room = Math.max(WINDOW_MS - ms, 0);
  const share = kept.ms > room ? room / kept.ms : 1;
  const merged = { units: kept.units * share + units, ms: kept.ms * share + ms };
  const measured = (merged.units / merged.ms) * 1000;
  const rate = merged.units >= ENOUGH_UNITS ? measured : Math.min(Math.max(measured, before / 2), before * 2);
  return { evidence: merged, rate };
}

function isOther(older: Evidence, newer: Evidence): boolean {
  if (older.units < ENOUGH_UNITS || newer.units < ENOUGH_UNITS) return false;
  const ratio = newer.units / newer.ms / (older.units / older.ms);
  return ratio > CHANGED || ratio < 1 / CHANGED;
}
