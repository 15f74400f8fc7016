import { findActiveBatches } from '@/lib/server/batches/worker/find-active-batches';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { processState } from '@/lib/server/process-state';
import { newRequestId } from '@/lib/server/request-id';

/** Batches in the hands of one process at a time: bounds its memory. */
const MOST_AT_A_TIME = 4;

/** How long a batch that was held up is left alone, growing to the second value. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

type InHand = { work: Promise<void>; isAskedAgain: boolean };
type Pause = { untilMs: number; lastMs: number };

const state = processState('batchWorker', () => ({
  isOn: false,
  inHand: new Map<string, InHand>(),
  pauses: new Map<string, Pause>(),
  /** Since when batches wait that this process has not in hand, in milliseconds since 1970. */
  waitingSince: new Map<string, number>(),
}));

/** Lets this process look after batches. */
export function startBatchWork(): void {
  state.isOn = true;
}

/** Ends the work on batches: chunks in hand are given back, or committed where their rows are written. */
export async function stopBatchWork(): Promise<void> {
  state.isOn = false;
  await Promise.all([...state.inHand.values()].map(({ work }) => work));
  state.pauses.clear();
}

/**
 * Looks for batches that need a worker, and begins with those that this process has not in hand.
 * @throws what DynamoDB answered
 */
export async function lookForBatches(): Promise<void> {
  if (!state.isOn) return;
  const active = await findActiveBatches();
  for (const batchId of active) lookAfter(batchId);
  noteWaiting(active.filter((batchId) => !state.inHand.has(batchId)));
}

function noteWaiting(waiting: string[]): void {
  const before = state.waitingSince;
  state.waitingSince = new Map(waiting.map((batchId) => [batchId, before.get(batchId) ?? Date.now()]));
}

/** How many batches this process looks after at this moment. */
export function batchesInHand(): number {
  return state.inHand.size;
}

/** How long the batch that waits longest for a hand of this process has waited; 0 where none does. */
export function longestWaitMs(): number {
  return Date.now() - Math.min(Date.now(), ...state.waitingSince.values());
}

/** Begins to look after a batch at once, where this process does such work: for a person who has just pressed a button. */
export function lookAfter(batchId: string): void {
  const inHand = state.inHand.get(batchId);
  if (inHand) inHand.isAskedAgain = true;
  const isPaused = (state.pauses.get(batchId)?.untilMs ?? 0) > Date.now();
  if (!state.isOn || inHand || isPaused || state.inHand.size >= MOST_AT_A_TIME) return;
  state.inHand.set(batchId, { work: work(batchId), isAskedAgain: false });
}

async function work(batchId: string): Promise<void> {
  const looking = { requestId: newRequestId(), isStopping: () => !state.isOn };
  const isThrough = await lookAfterBatch(batchId, looking);
  const isAskedAgain = state.inHand.get(batchId)?.isAskedAgain ?? false;
  state.inHand.delete(batchId);
  if (isThrough) {
    state.pauses.delete(batchId);
    if (isAskedAgain) lookAfter(batchId);
    return;
  }
  const lastMs = state.pauses.get(batchId)?.lastMs ?? FIRST_PAUSE_MS / 2;
  const pauseMs = Math.min(lastMs * 2, LONGEST_PAUSE_MS);
  state.pauses.set(batchId, { untilMs: Date.now() + pauseMs, lastMs: pauseMs });
}
