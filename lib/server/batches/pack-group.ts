import type { AssignmentItem } from '@/lib/server/assignments/assignment-item';
import { env } from '@/lib/server/env';

/** A row that waits for its turn, and how often it was refused since when. */
export type PoolRow = { item: AssignmentItem; units: number; refusals: number; sinceMs: number };

/** The units of the rows that would go in the next call. */
export function unitsOfGroup(waiting: PoolRow[]): number {
  return waiting.slice(0, env.BATCH_SIZE).reduce((sum, { units }) => sum + units, 0);
}

/** Takes the rows of one call from those that wait: as many as one call and these units have room for, at least one. */
export function packGroup(waiting: PoolRow[], mostUnits: number): PoolRow[] {
  let units = 0;
  const end = waiting.findIndex((row, position) => {
    units += row.units;
    return position >= env.BATCH_SIZE || (position > 0 && units > mostUnits);
  });
  return waiting.splice(0, end < 0 ? waiting.length : end);
}
