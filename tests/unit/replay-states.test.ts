import { describe, expect, it } from 'vitest';
import { firingsOf, replayStates } from '@/lib/server/objectives/replay-states';
import { MINUTE, NOON } from '@/tests/support/metric-series';

/** What a rule said minute by minute: bad, good, or not known; and what its alert would have been. */
function replayed(said: string, timing = { pendingMs: 0, resolveMs: 0 }) {
  const judgeAt = (nowMs: number) => {
    const word = said[(nowMs - NOON) / MINUTE];
    return { isBad: word === 'b', isKnown: word !== '?', sentence: `${word}`, evidence: [] };
  };
  const steps = { fromMs: NOON, toMs: NOON + (said.length - 1) * MINUTE, stepMs: MINUTE };
  return replayStates(judgeAt, steps, timing);
}

const states = (...args: Parameters<typeof replayed>) =>
  replayed(...args).map(({ atMs, state }) => `${(atMs - NOON) / MINUTE} ${state}`);

describe('a replayed rule', () => {
  it('fires while it is bad', () => {
    expect(states('ggbbgg')).toEqual(['0 ok', '2 firing', '4 ok']);
  });

  it('waits before it fires, and before it is over', () => {
    const timing = { pendingMs: 2 * MINUTE, resolveMs: 2 * MINUTE };

    expect(states('gbbbbgbgggg', timing)).toEqual(['0 ok', '1 pending', '3 firing', '9 ok']);
    expect(states('gbbgg', timing)).toEqual(['0 ok', '1 pending', '3 ok']);
  });

  it('says where it did not know', () => {
    expect(states('??gb')).toEqual(['0 unknown', '2 ok', '3 firing']);
  });

  it('does not end at once where traffic ends, and not never', () => {
    expect(states(`b${'?'.repeat(29)}b`)).toEqual(['0 firing']);
    expect(states(`b${'?'.repeat(40)}`)).toEqual(['0 firing', '31 unknown']);
  });

  it('names begin and end of each time it fired, and leaves open what still does', () => {
    const at = (minute: number) => new Date(NOON + minute * MINUTE).toISOString();

    expect(firingsOf(replayed('gbbgb'))).toEqual([
      { from: at(1), to: at(3), sentence: 'b' },
      { from: at(4), to: null, sentence: 'b' },
    ]);
  });
});
