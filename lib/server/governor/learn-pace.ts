import { addInterval, firstEvidence, rateOf } from '@/lib/server/governor/evidence';
import type { Pace } from '@/lib/server/governor/pace';

/** How long the table is left alone before its rate is measured anew; doubled while it takes next to nothing. */
const HOLD_MS = 80;
const LONGEST_HOLD_MS = 1000;

/** Fewer units than these measure nothing. */
const MEASURABLE_UNITS = 4;

/** Refused rows for each one taken that are too few to tell about the table. */
const FEW_SHARE = 1 / 3;

/** From this size on, a call of which most was refused shows that the rate is far from the capacity. */
const TELLING_UNITS = 8;

/** After so long without a refusal a rate is driven to several times of itself. */
const OVERDRIVEN_MS = 3500;

type Answered = { taken: number; refused: number; sentAtMs: number; nowMs: number };

/**
 * Learns from an answer. Where something was refused, the table has nothing left at this moment: what it has taken since
 * the last such moment, over the time between, is its capacity, whatever it had saved before.
 */
export function learnPace(pace: Pace, { taken, refused, sentAtMs, nowMs }: Answered): void {
  pace.takenSince += taken;
  if (taken > 0) pace.stalls = 0;
  if (refused === 0) return;
  pace.tokens = Math.min(pace.tokens, 0);
  // Sent before the last refusal was known, it is part of the same crowd and says nothing new.
  if (sentAtMs < pace.refusedAtMs) return;
  if (taken === 0) pace.stalls += 1;
  const isTelling = refused + taken >= TELLING_UNITS;
  // A few rows, or a small call, may have met one partition that has nothing left: that limits no table.
  if (pace.rate === undefined && !pace.measuring && !(isTelling && refused > taken * FEW_SHARE)) return;
  learnRefusal(pace, nowMs, isTelling && refused > taken);
}

function learnRefusal(pace: Pace, nowMs: number, isMostRefused: boolean): void {
  // After a long drive above the rate the interval says little: part of it may be from before the capacity grew.
  const isFar = isMostRefused || pace.pushedMs > OVERDRIVEN_MS;
  const isFirst = !Number.isFinite(pace.refusedAtMs);
  pace.pushedMs = 0;
  pace.refusedAtMs = nowMs;
  if (pace.measuring) endMeasuring(pace, nowMs);
  else if (isFirst) begin(pace, nowMs);
  else if (isFar) measureFrom(pace, nowMs, HOLD_MS);
  else learnInterval(pace);
}

/** At a first refusal what was taken had been saved before we came: only the moment is of use. */
function begin(pace: Pace, nowMs: number): void {
  if (pace.rate === undefined) measureFrom(pace, nowMs, HOLD_MS);
  else startInterval(pace);
}

function startInterval(pace: Pace): void {
  pace.takenSince = 0;
  pace.busyMs = 0;
}

function measureFrom(pace: Pace, nowMs: number, holdMs: number): void {
  startInterval(pace);
  pace.measuring = { fromMs: nowMs + holdMs, holdMs };
}

function endMeasuring(pace: Pace, nowMs: number): void {
  const { takenSince, busyMs, measuring } = pace;
  if (takenSince < MEASURABLE_UNITS || busyMs <= 0) {
    // Where nothing at all is taken, those who retry do the waiting.
    const holdMs = takenSince === 0 ? HOLD_MS : (measuring?.holdMs ?? HOLD_MS) * 2;
    measureFrom(pace, nowMs, Math.min(holdMs, LONGEST_HOLD_MS));
    return;
  }
  pace.evidence = firstEvidence(takenSince, busyMs);
  believe(pace, (takenSince / busyMs) * 1000);
  pace.measuring = undefined;
  startInterval(pace);
}

function learnInterval(pace: Pace): void {
  const { busyMs, takenSince, rate = 1 } = pace;
  if (busyMs <= 0 || takenSince === 0) return;
  pace.evidence = addInterval(pace.evidence, { units: takenSince, ms: busyMs });
  believe(pace, rateOf(pace.evidence, rate));
  startInterval(pace);
}

function believe(pace: Pace, rate: number): void {
  if (pace.basis === 'unknown') pace.basis = 'learned';
  pace.rate = Math.max(1, Math.min(rate, pace.ceiling ?? Number.POSITIVE_INFINITY));
}
