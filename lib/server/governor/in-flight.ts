const MAX_IN_FLIGHT = 32;

/** One round of measuring: enough calls and time for a throughput, however quick answers are. */
const ROUND_CALLS = 8;
const ROUND_MS = 100;

/** A trial raises the limit by this share, or by one call, and is worth it where throughput rises by this share of that. */
const STEP_SHARE = 0.5;
const WORTH_SHARE = 0.4;

/** What a smaller limit may lose and still be kept, and how many rounds pass between two trials that led to nothing. */
const TOLERATED_LOSS = 0.03;
const REST_ROUNDS = 6;

/** A throughput in items per millisecond, of the limit it was measured at. */
type Round = { limit: number; throughput: number };

/**
 * How many calls may be in flight, and what that follows from. `now` and `units`: what is in flight. `best`: what the last
 * trial is compared with; undefined while the limit is not being tried.
 */
export type InFlight = {
  limit: number;
  now: number;
  units: number;
  round: { calls: number; items: number; sinceMs: number } | undefined;
  best: Round | undefined;
  restRounds: number;
  triesLess: boolean;
};

export const newInFlight = (): InFlight => ({
  limit: 2,
  now: 0,
  units: 0,
  round: undefined,
  best: undefined,
  restRounds: 0,
  triesLess: false,
});

export const hasRoom = ({ limit, now }: InFlight): boolean => now < Math.floor(limit);

type Answer = { items: number; nowMs: number; wasFull: boolean };

/**
 * Learns from an answer how many calls in flight are of use, by hill climbing: a larger limit is tried, and kept where
 * more gets through; now and then a smaller one, and kept where as much does. A limit that is not used up says nothing.
 */
export function learnInFlight(inFlight: InFlight, { items, nowMs, wasFull }: Answer): void {
  if (!wasFull) {
    inFlight.round = undefined;
    return;
  }
  inFlight.round ??= { calls: 0, items: 0, sinceMs: nowMs };
  const { round } = inFlight;
  const ms = nowMs - round.sinceMs;
  // The first answer only begins the round.
  if (ms > 0) round.items += items;
  round.calls += 1;
  if (round.calls <= Math.max(ROUND_CALLS, inFlight.limit * 2) || ms < ROUND_MS) return;
  inFlight.round = undefined;
  judge(inFlight, round.items / ms);
}

function judge(inFlight: InFlight, throughput: number): void {
  const { best, limit, restRounds } = inFlight;
  if (best) settle(inFlight, best, throughput);
  else if (restRounds > 0) inFlight.restRounds -= 1;
  else tryOther(inFlight, { limit, throughput });
}

function settle(inFlight: InFlight, best: Round, throughput: number): void {
  const { limit } = inFlight;
  const gain = throughput / best.throughput - 1;
  const isMore = limit > best.limit;
  const isWorthIt = isMore ? gain > WORTH_SHARE * (limit / best.limit - 1) : gain > -TOLERATED_LOSS;
  if (isWorthIt) {
    tryOther(inFlight, { limit, throughput });
    return;
  }
  inFlight.limit = best.limit;
  inFlight.best = undefined;
  inFlight.triesLess = isMore && best.limit > 1;
  inFlight.restRounds = inFlight.triesLess ? 0 : REST_ROUNDS;
}

function tryOther(inFlight: InFlight, best: Round): void {
  const step = Math.max(1, Math.round(best.limit * STEP_SHARE));
  const other = best.limit + (inFlight.triesLess ? -step : step);
  const isPossible = other >= 1 && other <= MAX_IN_FLIGHT;
  inFlight.best = isPossible ? best : undefined;
  inFlight.limit = isPossible ? other : best.limit;
  if (isPossible) return;
  inFlight.triesLess = !inFlight.triesLess;
  inFlight.restRounds = REST_ROUNDS;
}
