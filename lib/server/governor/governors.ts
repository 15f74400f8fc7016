import { type Governor, newGovernor, unitsPerSecond } from '@/lib/server/governor/governor';
import { measureGauge } from '@/lib/server/metrics/record';
import { processState } from '@/lib/server/process-state';

const governors = processState('governors', () => new Map<string, Governor>());

/** The governor of everything that this process writes to a table. */
export function governorOf(table: string): Governor {
  const known = governors.get(table);
  if (known) return known;
  const governor = newGovernor(table);
  governors.set(table, governor);
  measureGauge('in_flight', () => sum(({ inFlight }) => inFlight.now));
  measureGauge('limiter_units', () => sum(limitedUnits));
  return governor;
}

/** 0 while nothing limits the table: a gauge has no endless value. */
function limitedUnits(governor: Governor): number {
  const units = unitsPerSecond(governor);
  return Number.isFinite(units) ? units : 0;
}

const sum = (of: (governor: Governor) => number): number =>
  [...governors.values()].reduce((total, governor) => total + of(governor), 0);

/** The governor of a table that this process has written batches to, or been told the capacity of. */
export const knownGovernor = (table: string): Governor | undefined => governors.get(table);
