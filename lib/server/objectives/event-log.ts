/** What was counted from one moment to another (ms since 1970): events, and the bad ones among them. */
export type Counted = { fromMs: number; toMs: number; total: number; bad: number };

/** Sums over any window of time, each found without walking through the points. */
export type EventLog = {
  /** Counts of every point that overlaps the window, so a window is never cut short by the width of a point. */
  within(fromMs: number, toMs: number): { total: number; bad: number };
  /** Where the first point begins in which anything was counted; null where nothing was. */
  firstMs: number | null;
};

/** @param points in the order of time, none overlapping another */
export function eventLog(points: readonly Counted[]): EventLog {
  const totals = runningSums(points.map(({ total }) => total));
  const bads = runningSums(points.map(({ bad }) => bad));
  return {
    firstMs: points.find(({ total }) => total > 0)?.fromMs ?? null,
    within(fromMs, toMs) {
      const first = firstPlace(points, ({ toMs: end }) => end > fromMs);
      const behind = Math.max(
        firstPlace(points, ({ fromMs: begin }) => begin >= toMs),
        first,
      );
      return { total: between(totals, first, behind), bad: between(bads, first, behind) };
    },
  };
}

function runningSums(amounts: readonly number[]): number[] {
  let sum = 0;
  return [0, ...amounts.map((amount) => (sum += amount))];
}

function between(sums: readonly number[], first: number, behind: number): number {
  return (sums[behind] ?? 0) - (sums[first] ?? 0);
}

/** The first place where `is` holds; it must hold everywhere behind it. */
function firstPlace(points: readonly Counted[], is: (point: Counted) => boolean): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const point = points[middle];
    if (point && !is(point)) low = middle + 1;
    else high = middle;
  }
  return low;
}
