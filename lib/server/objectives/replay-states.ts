import type { Verdict } from '@/lib/server/objectives/rules/rule';
import type { Judgement, Replay, ReplayState } from '@/lib/shared/objective';

type Timing = Pick<Judgement, 'pendingMs' | 'resolveMs'>;
type Steps = { fromMs: number; toMs: number; stepMs: number };
type Change = { atMs: number; state: ReplayState; sentence: string };

/** An alert that can no longer be judged is over after so long, as in the life of alerts. */
const UNKNOWN_RESOLVES_MS = 30 * 60_000;

/**
 * The states of a rule at each step over past time, where they changed: bad for `pendingMs` fires, good for `resolveMs` ends it.
 */
export function replayStates(
  judgeAt: (nowMs: number) => Verdict,
  { fromMs, toMs, stepMs }: Steps,
  timing: Timing,
): Change[] {
  const changes: Change[] = [];
  let state: ReplayState = 'ok';
  let sinceMs = fromMs;
  let wasQuiet = true;
  for (let atMs = fromMs; atMs <= toMs; atMs += stepMs) {
    const verdict = judgeAt(atMs);
    const isQuiet = !verdict.isBad;
    if (isQuiet !== wasQuiet) sinceMs = atMs;
    wasQuiet = isQuiet;
    state = nextState(state, verdict, { lastedMs: atMs - sinceMs, ...timing });
    if (changes.at(-1)?.state !== state) changes.push({ atMs, state, sentence: verdict.sentence });
  }
  return changes;
}

function nextState(
  before: ReplayState,
  { isBad, isKnown }: Verdict,
  { lastedMs, pendingMs, resolveMs }: Timing & { lastedMs: number },
): ReplayState {
  if (isBad) return before === 'firing' || lastedMs >= pendingMs ? 'firing' : 'pending';
  const isOver = lastedMs >= (isKnown ? resolveMs : Math.max(resolveMs, UNKNOWN_RESOLVES_MS));
  if (before === 'firing' && !isOver) return 'firing';
  return isKnown ? 'ok' : 'unknown';
}

/** From when to when a rule fired; the end is null where it still did. */
export function firingsOf(changes: readonly Change[]): Replay['firings'] {
  return changes.flatMap(({ atMs, state, sentence }, place) => {
    if (state !== 'firing') return [];
    const end = changes[place + 1];
    return [{ from: iso(atMs), to: end ? iso(end.atMs) : null, sentence }];
  });
}

const iso = (atMs: number) => new Date(atMs).toISOString();
