/** Units that a table has taken in this time while it had nothing left before and after. */
type Taken = { units: number; ms: number };

/** What was seen lately, and before that; older intervals count less. */
export type Evidence = { older: Taken; recent: Taken };

const NOTHING: Taken = { units: 0, ms: 0 };

export const NO_EVIDENCE: Evidence = { older: NOTHING, recent: NOTHING };

/** How far evidence reaches back, and from how many units on it says something. */
const WINDOW_MS = 2500;
const ENOUGH_UNITS = 15;

/** The capacity has changed where recent intervals differ by this factor, and by more than chance makes them differ. */
const CHANGED = 1.5;
const DEVIATIONS = 3;

/** Evidence from one interval alone. */
export const firstEvidence = (units: number, ms: number): Evidence => ({
  older: { units, ms },
  recent: NOTHING,
});

/** The evidence after one more interval. */
export function addInterval({ older, recent }: Evidence, { units, ms }: Taken): Evidence {
  const newer = plus(recent, { units, ms });
  if (hasChanged(older, newer)) return { older: newer, recent: NOTHING };
  if (newer.units < ENOUGH_UNITS) return { older, recent: newer };
  const room = Math.max(WINDOW_MS - newer.ms, 0);
  const kept = older.ms > room ? scaled(older, room / older.ms) : older;
  return { older: plus(kept, newer), recent: NOTHING };
}

/** The capacity in units a second, between half and twice of what was believed `before` where little is known. */
export function rateOf({ older, recent }: Evidence, before: number): number {
  const { units, ms } = older.units > 0 ? older : recent;
  if (ms === 0) return before;
  const measured = (units / ms) * 1000;
  return units >= ENOUGH_UNITS ? measured : Math.min(Math.max(measured, before / 2), before * 2);
}

/** The evidence of a part of what was seen. */
export const scaleEvidence = ({ older, recent }: Evidence, factor: number): Evidence => ({
  older: { units: older.units * factor, ms: older.ms },
  recent: { units: recent.units * factor, ms: recent.ms },
});

function hasChanged(older: Taken, newer: Taken): boolean {
  if (older.ms === 0) return newer.units >= ENOUGH_UNITS;
  const expected = (older.units / older.ms) * newer.ms;
  const ratio = newer.units / Math.max(expected, 1);
  const deviation = Math.sqrt(Math.max(newer.units, expected, 1));
  return (
    (ratio > CHANGED || ratio < 1 / CHANGED) && Math.abs(newer.units - expected) > DEVIATIONS * deviation
  );
}

const plus = (first: Taken, second: Taken): Taken => ({
  units: first.units + second.units,
  ms: first.ms + second.ms,
});

const scaled = ({ units, ms }: Taken, share: number): Taken => ({ units: units * share, ms: ms * share });
