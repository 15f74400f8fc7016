/**
 * Bounds of the calls in flight, and the queue that is tolerated at DynamoDB: fewer than `ALPHA` calls waiting there means
 * that more would be taken, more than `BETA` that further ones only wait longer.
 */
const MIN_IN_FLIGHT = 1;
const MAX_IN_FLIGHT = 32;
const START = 1;
const ALPHA = 2;
const BETA = 4;

/** How long the shortest answer counts, and how long a limit takes to grow by one call: a first refusal then meets few. */
const FORGET_MS = 30_000;
const GROW_MS = 100;

/** Items up to which calls are of one size: only answers to calls of one size compare. */
const SIZES = [1, 12, 25];

type Shortest = { tookMs: number; atMs: number };

/** How many calls may be in flight, and what that follows from. */
export type InFlight = { limit: number; now: number; grownAtMs: number; shortest: Map<number, Shortest> };

export const newInFlight = (): InFlight => ({
  limit: START,
  now: 0,
  grownAtMs: Number.NEGATIVE_INFINITY,
  shortest: new Map(),
});

export const hasRoom = ({ limit, now }: InFlight): boolean => now < Math.floor(limit);

/**
 * Learns from an answer how many calls in flight are of use. The limit grows while answers take no longer than the
 * shortest one known, and shrinks as they begin to queue; a limit that was not used up says nothing.
 * Source: Brakmo and Peterson, "TCP Vegas: End to End Congestion Avoidance on a Global Internet", 1995.
 */
export function learnInFlight(
  inFlight: InFlight,
  { items, tookMs, nowMs, wasFull }: { items: number; tookMs: number; nowMs: number; wasFull: boolean },
): void {
  const queued = inFlight.limit * (1 - shortestOf(inFlight, { items, tookMs, nowMs }) / tookMs);
  if (queued > BETA) inFlight.limit = Math.max(MIN_IN_FLIGHT, inFlight.limit - 1 / inFlight.limit);
  if (queued >= ALPHA || !wasFull) return;
  const growth = Math.min((nowMs - inFlight.grownAtMs) / GROW_MS, 1 / inFlight.limit);
  inFlight.limit = Math.min(MAX_IN_FLIGHT, inFlight.limit + growth);
  inFlight.grownAtMs = nowMs;
}

type Answer = { items: number; tookMs: number; nowMs: number };

function shortestOf({ shortest }: InFlight, { items, tookMs, nowMs }: Answer): number {
  const size = SIZES.findIndex((most) => items <= most);
  const known = shortest.get(size);
  if (known && known.tookMs <= tookMs && nowMs - known.atMs <= FORGET_MS) return known.tookMs;
  shortest.set(size, { tookMs, atMs: nowMs });
  return tookMs;
}
