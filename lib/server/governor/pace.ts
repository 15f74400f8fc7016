import { type Evidence, NO_EVIDENCE, scaleEvidence } from '@/lib/server/governor/evidence';
import type { CapacityBasis } from '@/lib/shared/flow';

/**
 * How fast writes may go to one table, in write units, and what that follows from. Times are milliseconds of a clock that
 * never goes back.
 */
export type Pace = {
  basis: CapacityBasis;
  /** Units a second that this process may write; undefined while nothing was ever refused and nobody has said. */
  rate: number | undefined;
  /** Units a second that the table is known to have for this process: the rate never goes above them. */
  ceiling: number | undefined;
  /** Units that may be written at once: what was saved while less was written than the table has. */
  tokens: number;
  refilledAtMs: number;
  spentAtMs: number;
  /**
   * Since the table was last seen to have nothing left: what it has taken, for how long there was something to write, and
   * for how long we were waiting for units.
   */
  takenSince: number;
  busyMs: number;
  pushedMs: number;
  refusedAtMs: number;
  evidence: Evidence;
  /**
   * While the rate is not believed, as most of a call was refused: nothing is sent until then, and after that small calls
   * one after the other, until one is refused.
   */
  measuring: { fromMs: number; holdMs: number } | undefined;
  /** Share of the pace that is used, where batches are slowed down on purpose. */
  slowedTo: number;
  /** Calls refused whole one after the other, each sent after the refusal before was known. */
  stalls: number;
};

/**
 * What is driven above the rate, so that a larger capacity is noticed. Without a refusal for longer than one would expect,
 * it doubles again and again.
 */
const OVERDRIVE = 0.005;
const OVERDRIVE_QUIET_MS = 2000;
const OVERDRIVE_DOUBLES_MS = 300;

/** Below a capacity that is known, so that clocks that differ cause no refusals. */
const KNOWN_SHARE = 0.995;

/** DynamoDB keeps unused capacity of five minutes. Source: "Burst capacity" in the Amazon DynamoDB Developer Guide. */
const BURST_SECONDS = 300;

/** Savings are spent at this multiple of the rate, in calls so small that the one that finds them used up loses little. */
const BURST_SPEED = 3;
const BURST_CALL_UNITS = 10;

/** While the capacity is not known: the units of a first call, and how many may be in flight, as a share of those taken. */
const EXPLORING = { first: 10, share: 1 / 20 };
const MEASURING = { first: 5, share: 1 / 10 };

/** A rate that was learned, and kept to for so long without a refusal, limits nothing any more. */
const FORGET_MS = 15_000;

/** Share of the capacity that people find free, and how long a capacity is not tried out while they are at work. */
const WORK_SHARE = 0.9;
const PEOPLE_QUIET_MS = 10_000;

/** A call waits for no more units than come in this time. */
const CALL_EVERY_SECONDS = 0.25;

/** How far writes that do not wait may run into debt, in seconds of the rate. */
const DEBT_SECONDS = 1;

export function newPace(nowMs: number): Pace {
  return {
    basis: 'unknown',
    rate: undefined,
    ceiling: undefined,
    tokens: 0,
    refilledAtMs: nowMs,
    spentAtMs: Number.NEGATIVE_INFINITY,
    takenSince: 0,
    busyMs: 0,
    pushedMs: 0,
    refusedAtMs: Number.NEGATIVE_INFINITY,
    evidence: NO_EVIDENCE,
    measuring: undefined,
    slowedTo: 1,
    stalls: 0,
  };
}

/** Takes over what is known of the capacity. Its savings are unknown, so they count as full until a call is refused. */
export function knowCapacity(pace: Pace, unitsPerSecond: number, basis: CapacityBasis): void {
  if (pace.rate === undefined) pace.tokens = unitsPerSecond * BURST_SECONDS;
  pace.basis = basis;
  pace.ceiling = unitsPerSecond;
  pace.rate = unitsPerSecond;
}

/**
 * Takes over the part of the capacity that falls to this process beside others. `of`: the rate that it follows from; what
 * was learned since, and before, is scaled with it.
 */
export function takeShare(pace: Pace, unitsPerSecond: number, of: number | undefined): void {
  const share = Math.max(unitsPerSecond, 1);
  const factor = share / (of ?? share);
  pace.evidence = scaleEvidence(pace.evidence, factor);
  pace.takenSince *= factor;
  pace.rate = of === undefined || pace.rate === undefined ? share : pace.rate * factor;
  if (pace.basis === 'unknown') pace.basis = 'learned';
  if (pace.ceiling !== undefined) pace.ceiling = share;
}

/** Units a second at this moment: the rate, and a little more the longer nothing was refused. */
export function drivenRate(pace: Pace, arePeopleActive: boolean): number {
  const { rate, ceiling, pushedMs, slowedTo } = pace;
  if (rate === undefined) return Number.POSITIVE_INFINITY;
  const quietMs = arePeopleActive ? pushedMs - PEOPLE_QUIET_MS : pushedMs;
  const doublings = Math.max(quietMs - OVERDRIVE_QUIET_MS, 0) / OVERDRIVE_DOUBLES_MS;
  const over = quietMs > 0 && slowedTo === 1 ? OVERDRIVE * 2 ** doublings : 0;
  const driven = Math.min(rate * (1 + over), (ceiling ?? Number.POSITIVE_INFINITY) * KNOWN_SHARE);
  return driven * slowedTo * (arePeopleActive ? WORK_SHARE : 1);
}

type Refill = { nowMs: number; arePeopleActive: boolean; isBusy: boolean; isShort: boolean };

/** Adds what has come since the last time. `isBusy`: there was something to write; `isShort`: nothing but units was missing. */
export function refill(pace: Pace, { nowMs, arePeopleActive, isBusy, isShort }: Refill): void {
  const passedMs = Math.max(nowMs - pace.refilledAtMs, 0);
  pace.refilledAtMs = nowMs;
  if (isBusy) pace.busyMs += passedMs;
  if (pace.rate === undefined) return;
  // What is only tried out is not saved.
  const perSecond = isShort
    ? drivenRate(pace, arePeopleActive)
    : Math.min(pace.rate, drivenRate(pace, arePeopleActive));
  const come = (perSecond * passedMs) / 1000;
  pace.tokens = Math.min(pace.tokens + come, pace.rate * BURST_SECONDS);
  if (isShort && pace.slowedTo === 1) pace.pushedMs += passedMs;
  if (pace.basis === 'learned' && pace.pushedMs > FORGET_MS) forget(pace);
}

function forget(pace: Pace): void {
  pace.rate = undefined;
  pace.basis = 'unknown';
  pace.evidence = NO_EVIDENCE;
  pace.refusedAtMs = Number.NEGATIVE_INFINITY;
}

const isSpendingSavings = ({ rate, tokens }: Pace): boolean => rate !== undefined && tokens > rate;

/** The most units in flight: while it is not known when the table will have nothing left, a refusal should meet few. */
export function mostUnitsInFlight(pace: Pace): number {
  const { rate, measuring, takenSince } = pace;
  // One call at a time, of any size.
  if (!measuring && isSpendingSavings(pace)) return 0;
  if (rate !== undefined && !measuring) return Number.POSITIVE_INFINITY;
  const { first, share } = measuring ? MEASURING : EXPLORING;
  return Math.max(first, takenSince * share);
}

/** The most units that one call should have now. */
export function mostUnits(pace: Pace): number {
  const { rate, measuring, refilledAtMs, spentAtMs, stalls } = pace;
  // What refuses everything is not measured: each row has its try, and then they wait.
  if (stalls > 1) return Number.POSITIVE_INFINITY;
  if (rate === undefined || measuring) return mostUnitsInFlight(pace);
  if (!isSpendingSavings(pace)) return Math.max(1, rate * CALL_EVERY_SECONDS);
  // Where calls take longer than the gap between them, larger ones keep the speed.
  const sinceMs = Number.isFinite(spentAtMs) ? refilledAtMs - spentAtMs : 0;
  return Math.max(BURST_CALL_UNITS, (rate * BURST_SPEED * sinceMs) / 1000);
}

/** How long a call of so many units still has to wait, in milliseconds. */
export function waitMs(pace: Pace, units: number, arePeopleActive: boolean): number {
  const { rate, measuring, refilledAtMs, spentAtMs, tokens } = pace;
  if (measuring) return Math.max(measuring.fromMs - refilledAtMs, 0);
  if (rate === undefined) return 0;
  if (isSpendingSavings(pace)) {
    const gapMs = (Math.min(units, BURST_CALL_UNITS) / (rate * BURST_SPEED)) * 1000;
    return Math.max(spentAtMs + gapMs - refilledAtMs, 0);
  }
  const missing = Math.min(units, mostUnits(pace)) - tokens;
  return missing > 0 ? (missing / drivenRate(pace, arePeopleActive)) * 1000 : 0;
}

/** Takes the units of a call away. Writes that do not wait may go into a debt that is bounded. */
export function spend(pace: Pace, units: number): void {
  if (pace.rate === undefined) return;
  pace.tokens = Math.max(pace.tokens - units, -pace.rate * DEBT_SECONDS - units);
  if (units > 0) pace.spentAtMs = pace.refilledAtMs;
}
