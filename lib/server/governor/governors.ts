import { type Governor, newGovernor } from '@/lib/server/governor/governor';
import { processState } from '@/lib/server/process-state';

const governors = processState('governors', () => new Map<string, Governor>());

/** The governor of everything that this process writes to a table. */
export function governorOf(table: string): Governor {
  const known = governors.get(table);
  if (known) return known;
  const governor = newGovernor(table);
  governors.set(table, governor);
  return governor;
}

/** The governor of a table that this process has written batches to, or been told the capacity of. */
export const knownGovernor = (table: string): Governor | undefined => governors.get(table);
