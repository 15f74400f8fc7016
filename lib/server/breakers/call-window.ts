import type { BreakerCounts } from '@/lib/shared/breaker';

/** How long a call counts, in seconds. */
export const WINDOW_SECONDS = 10;

/** Fewer calls than this say nothing about a table. */
const MIN_CALLS = 20;

/** Share of failed calls from which a table counts as down; refusals for throughput are paced and retried, so many of them are needed. */
const FAULT_SHARE = 0.5;
const THROTTLED_SHARE = 0.75;

/** Failures that fall into fewer seconds are a burst, which passes by itself. */
const SUSTAINED_SECONDS = 3;

const FAULTS = ['missing', 'denied', 'unanswered'] as const;

/** How one write to a table ended. The calls of batches are counted apart: a table that they saturate refuses many of them. */
export type CallOutcome = keyof BreakerCounts | 'batchPassed' | 'batchThrottled';

type Slot = { second: number; counts: Partial<Record<CallOutcome, number>> };

/** The writes of this process to one table in the last seconds, and what the last failure of each kind said. */
export type CallWindow = { slots: Slot[]; messages: Partial<Record<CallOutcome, string>> };

export const newWindow = (): CallWindow => ({ slots: [], messages: {} });

/** Counts a call. `message` says what a failure was. */
export function addCall(window: CallWindow, outcome: CallOutcome, nowMs: number, message?: string): void {
  const second = secondOf(nowMs);
  let slot = window.slots.at(-1);
  if (slot?.second !== second) {
    slot = { second, counts: {} };
    window.slots = [...recentSlots(window, nowMs), slot];
  }
  slot.counts[outcome] = (slot.counts[outcome] ?? 0) + 1;
  if (message !== undefined) window.messages[outcome] = message;
}

/** The calls of the window, those of batches among them. */
export function countCalls(window: CallWindow, nowMs: number): BreakerCounts {
  const count = counter(window, nowMs);
  return {
    passed: count('passed') + count('batchPassed'),
    throttled: count('throttled') + count('batchThrottled'),
    unanswered: count('unanswered'),
    missing: count('missing'),
    denied: count('denied'),
  };
}

/**
 * Why the table should be left alone for a while; undefined while it is well enough. While a batch gets rows through,
 * refusals for throughput are flow control; a batch's own refused calls count only where nothing passes at all.
 */
export function troubleOf(window: CallWindow, nowMs: number): string | undefined {
  const count = counter(window, nowMs);
  const passed = count('passed') + count('batchPassed');
  const faults = FAULTS.reduce((sum, kind) => sum + count(kind), 0);
  const refusals = countedRefusals(count);
  const throttled = refusals.reduce((sum, kind) => sum + count(kind), 0);
  const failed = faults + throttled;
  const calls = passed + failed;
  if (calls < MIN_CALLS || secondsOf([...FAULTS, ...refusals], window, nowMs) < SUSTAINED_SECONDS)
    return undefined;
  if (faults < calls * FAULT_SHARE && failed < calls * THROTTLED_SHARE) return undefined;
  const of = `${failed} of ${calls} writes in ${WINDOW_SECONDS} seconds`;
  if (throttled > faults) return `${of} were refused for throughput`;
  const worst = FAULTS.reduce((most, kind) => (count(kind) > count(most) ? kind : most));
  return `${of} failed: ${window.messages[worst] ?? 'no answer from DynamoDB'}`;
}

function countedRefusals(count: (outcome: CallOutcome) => number): CallOutcome[] {
  if (count('batchPassed') > 0) return [];
  return count('passed') > 0 ? ['throttled'] : ['throttled', 'batchThrottled'];
}

/** In how many seconds of the window there was one of these outcomes. */
function secondsOf(outcomes: CallOutcome[], window: CallWindow, nowMs: number): number {
  return recentSlots(window, nowMs).filter(({ counts }) => outcomes.some((outcome) => counts[outcome]))
    .length;
}

function counter(window: CallWindow, nowMs: number): (outcome: CallOutcome) => number {
  const slots = recentSlots(window, nowMs);
  return (outcome) => slots.reduce((sum, { counts }) => sum + (counts[outcome] ?? 0), 0);
}

/** A clock that was set back leaves slots of the future, which would never go. */
function recentSlots({ slots }: CallWindow, nowMs: number): Slot[] {
  const second = secondOf(nowMs);
  return slots.filter((slot) => slot.second > second - WINDOW_SECONDS && slot.second <= second);
}

const secondOf = (ms: number) => Math.floor(ms / 1000);
