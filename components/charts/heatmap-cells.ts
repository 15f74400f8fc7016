/** How often something fell between two amounts in a slot. */
export type HeatCell = { atMs: number; from: number; to: number; count: number };

/** Shades from seldom to often. */
export const LEVELS = 5;

/** The shade of a count, from 1; in proportion to its square root, so that the seldom and slow is seen beside the usual. */
export function levelOf(count: number, highest: number): number {
  return Math.min(Math.max(Math.ceil(Math.sqrt(count / Math.max(highest, 1)) * LEVELS), 1), LEVELS);
}

/** The amounts that cells lie between. */
export function extentOf(cells: readonly HeatCell[]): { lowest: number; highest: number } | null {
  if (cells.length === 0) return null;
  return {
    lowest: cells.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY),
    highest: cells.reduce((most, { to }) => Math.max(most, to), 0),
  };
}
