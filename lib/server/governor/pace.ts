import { type Evidence, learnRate, NO_EVIDENCE } from '@/lib/server/governor/evidence';
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
  /** When the table was last seen to have nothing left, what it has taken since, and how long we were waiting for more. */
  emptyAtMs: number | undefined;
  takenSince: number;
  pushedMs: number;
  refusedAtMs: number;
  evidence: Evidence;
  /** After a call of which most was refused: small calls, until one passes. */
  isProbing: boolean;
  /** Share of the pace that is used, where batches are slowed down on purpose. */
  slowedTo: number;
  /** Calls refused whole one after the other, each sent after the refusal before was known. */
  stalls: number;
};

/** What is driven above the rate, so that a larger capacity is noticed; it doubles in this time without a refusal. */
const OVERDRIVE = 0.005;
const OVERDRIVE_DOUBLES_MS = 500;

/** Below a capacity that is known, so that clocks that differ cause no refusals. */
const KNOWN_SHARE = 0.995;

/** DynamoDB keeps unused capacity of five minutes. Source: "Burst capacity" in the Amazon DynamoDB Developer Guide. */
const BURST_SECONDS = 300;

/** Savings are spent at this multiple of the rate, in calls so small that the one that finds them used up loses little. */
const BURST_SPEED = 3;
const BURST_CALL_UNITS = 10;
const BURST_CALLS_PER_SECOND = 150;

const PROBE_UNITS = 5;

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
    emptyAtMs: undefined,
    takenSince: 0,
    pushedMs: 0,
    refusedAtMs: Number.NEGATIVE_INFINITY,
    evidence: NO_EVIDENCE,
    isProbing: false,
    slowedTo: 1,
    stalls: 0,
  };
}

/** Takes over what is known of the capacity. Its savings are unknown, so they count as full until a call is refused. */
export function knowCapacity(pace: Pace, unitsPerSecond: number, basis: CapacityBasis): void {
  const isFirst = pace.rate === undefined;
  pace.basis = basis;
  pace.ceiling = basis === 'learned' ? undefined : unitsPerSecond;
  pace.rate = unitsPerSecond;
  if (isFirst) pace.tokens = unitsPerSecond * BURST_SECONDS;
}

/**
 * Takes over the part of the capacity that falls to this process beside others. `of`: the rate that it follows from; what
 * was learned since, and before, is scaled with it.
 */
export function takeShare(pace: Pace, unitsPerSecond: number, of: number | undefined): void {
  const share = Math.max(unitsPerSecond, 1);
  const factor = share / (of ?? share);
  pace.evidence = { units: pace.evidence.units * factor, ms: pace.evidence.ms };
  pace.takenSince *= factor;
  pace.rate = of === undefined || pace.rate === undefined ? share : pace.rate * factor;
  if (pace.basis === 'unknown') pace.basis = 'learned';
  if (pace.ceiling !== undefined) pace.ceiling = share;
}

type Refill = { nowMs: number; arePeopleActive: boolean; isWaiting: boolean };

/** Units a second at this moment: the rate, and a little more the longer nothing was refused. */
export function drivenRate(pace: Pace, arePeopleActive: boolean): number {
  const { rate, ceiling, pushedMs, slowedTo } = pace;
  if (rate === undefined) return Number.POSITIVE_INFINITY;
  const quietMs = arePeopleActive ? pushedMs - PEOPLE_QUIET_MS : pushedMs;
  const over = quietMs > 0 && slowedTo === 1 ? OVERDRIVE * 2 ** (quietMs / OVERDRIVE_DOUBLES_MS) : 0;
  const driven = Math.min(rate * (1 + over), (ceiling ?? Number.POSITIVE_INFINITY) * KNOWN_SHARE);
  return driven * slowedTo * (arePeopleActive ? WORK_SHARE : 1);
}

/** Adds what has come since the last time. `isWaiting`: somebody would write more if there was more. */
export function refill(pace: Pace, { nowMs, arePeopleActive, isWaiting }: Refill): void {
  const passedMs = Math.max(nowMs - pace.refilledAtMs, 0);
  pace.refilledAtMs = nowMs;
  if (pace.rate === undefined) return;
  const come = (drivenRate(pace, arePeopleActive) * passedMs) / 1000;
  pace.tokens = Math.min(pace.tokens + come, pace.rate * BURST_SECONDS);
  if (isWaiting && pace.tokens < pace.rate && pace.slowedTo === 1) pace.pushedMs += passedMs;
  if (pace.basis === 'learned' && pace.pushedMs > FORGET_MS) forget(pace);
}

function forget(pace: Pace): void {
  pace.rate = undefined;
  pace.basis = 'unknown';
  pace.evidence = NO_EVIDENCE;
  pace.emptyAtMs = undefined;
  pace.takenSince = 0;
  pace.refusedAtMs = Number.NEGATIVE_INFINITY;
}

const isSpendingSavings = ({ rate, tokens }: Pace): boolean => rate !== undefined && tokens > rate;

/** The most units that one call should have now. */
export function mostUnits(pace: Pace): number {
  const { rate } = pace;
  if (rate === undefined) return pace.isProbing ? PROBE_UNITS : Number.POSITIVE_INFINITY;
  const bySpeed = Math.max(1, rate * CALL_EVERY_SECONDS);
  if (pace.isProbing) return Math.min(PROBE_UNITS, bySpeed);
  if (!isSpendingSavings(pace)) return bySpeed;
  return Math.max(BURST_CALL_UNITS, (rate * BURST_SPEED) / BURST_CALLS_PER_SECOND);
}

/** How long a call of so many units still has to wait, in milliseconds. */
export function waitMs(pace: Pace, units: number, arePeopleActive: boolean): number {
  if (pace.rate === undefined) return 0;
  const missing = Math.min(units, mostUnits(pace)) - pace.tokens;
  if (missing > 0) return (missing / drivenRate(pace, arePeopleActive)) * 1000;
  if (!isSpendingSavings(pace)) return 0;
  const gapMs = (Math.min(units, mostUnits(pace)) / (pace.rate * BURST_SPEED)) * 1000;
  return Math.max(pace.spentAtMs + gapMs - pace.refilledAtMs, 0);
}

/** Takes the units of a call away. Writes that do not wait may go into a debt that is bounded. */
export function spend(pace: Pace, units: number): void {
  if (pace.rate === undefined) return;
  pace.tokens = Math.max(pace.tokens - units, -pace.rate * DEBT_SECONDS - units);
  pace.spentAtMs = pace.refilledAtMs;
}

type Answered = { taken: number; refused: number; sentAtMs: number; nowMs: number };

/**
 * Learns from an answer. Where something was refused, the table has nothing left at this moment: what it has taken since
 * the last such moment, over the time between, is its capacity.
 */
export function learnPace(pace: Pace, { taken, refused, sentAtMs, nowMs }: Answered): void {
  pace.takenSince += taken;
  if (taken > 0) pace.stalls = 0;
  if (refused === 0) {
    pace.emptyAtMs ??= sentAtMs;
    pace.isProbing = false;
    return;
  }
  const isOfCrowd = sentAtMs < pace.refusedAtMs;
  pace.tokens = Math.min(pace.tokens, 0);
  if (refused > taken) pace.isProbing = true;
  if (isOfCrowd) return;
  if (taken === 0) pace.stalls += 1;
  learnFromRefusal(pace, nowMs);
}

function learnFromRefusal(pace: Pace, nowMs: number): void {
  const { emptyAtMs, takenSince, rate, ceiling } = pace;
  const ms = emptyAtMs === undefined ? 0 : nowMs - emptyAtMs;
  // The first time, what was taken had been saved before we came: an upper bound.
  if (rate === undefined) {
    pace.rate = Math.max((takenSince / Math.max(ms, 1)) * 500, 1);
    pace.basis = 'learned';
  } else if (Number.isFinite(pace.refusedAtMs) && takenSince > 0 && ms > 0) {
    const learned = learnRate(pace.evidence, { units: takenSince, ms, before: rate });
    pace.evidence = learned.evidence;
    pace.rate = Math.max(1, Math.min(learned.rate, ceiling ?? Number.POSITIVE_INFINITY));
  }
  // Where nothing at all was taken, the interval goes on: nothing says that less would have been.
  if (takenSince > 0 || !Number.isFinite(pace.refusedAtMs)) {
    pace.emptyAtMs = nowMs;
    pace.takenSince = 0;
  }
  pace.pushedMs = 0;
  pace.refusedAtMs = nowMs;
}
