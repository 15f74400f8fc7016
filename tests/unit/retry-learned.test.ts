import { describe, expect, it } from 'vitest';
import { adaptiveWaitMs, observeRecovery, UNSEEN } from '@/lib/server/retry-delay/adaptive';
import { chooseDelay } from '@/lib/server/retry-delay/choose-delay';
import {
  believe,
  bestWait,
  ENOUGH_OUTCOMES,
  learnedWaitMs,
  type Model,
  newModel,
  WAITS_MS,
} from '@/lib/server/retry-delay/learned';
import { mergeSlots } from '@/lib/server/retry-delay/model-slots';
import { createRandom } from '@/tests/support/random';

const MOST_MS = 5000;

/** What came of `tries` retries after each wait, on a table that recovers after `recoveryMs`. */
const seen = (recoveryMs: number, tries = 20): Model =>
  WAITS_MS.map((waitMs) => {
    const succeeded = waitMs >= recoveryMs ? tries : 0;
    return { succeeded, refused: tries - succeeded };
  });

describe('the learned wait', () => {
  it.each([50, 400, 3200])(
    'is the shortest that succeeds on a table that recovers after %i ms',
    (recoveryMs) => {
      expect(bestWait(seen(recoveryMs), MOST_MS)?.waitMs).toBe(recoveryMs);
    },
  );

  it('takes a longer wait where a shorter one wastes too many attempts', () => {
    const model = seen(200);
    model[WAITS_MS.indexOf(200)] = { succeeded: 4, refused: 36 };
    model[WAITS_MS.indexOf(400)] = { succeeded: 38, refused: 2 };

    expect(bestWait(model, MOST_MS)?.waitMs).toBe(400);
  });

  it('is never longer than the longest wait allowed', () => {
    const random = createRandom(1).next;
    const waits = Array.from({ length: 200 }, () => learnedWaitMs(seen(3200), { mostMs: 1000, random }));

    expect(Math.max(...waits.map(Number))).toBeLessThanOrEqual(1000);
  });

  it('is left to the adaptive policy while too little is known', () => {
    const model = newModel();
    model[0] = { succeeded: ENOUGH_OUTCOMES - 1, refused: 0 };

    expect(bestWait(model, MOST_MS)).toBeUndefined();
    const known = { table: 't', reason: 'r', recovery: UNSEEN, model, untold: newModel() };
    expect(chooseDelay({ code: 'THROTTLING', retry: 1, known }, 'learned').policy).toBe('adaptive');
  });

  it('believes of a wait nobody has tried what is true of all', () => {
    const model = newModel();
    model[0] = { succeeded: 30, refused: 30 };

    expect(believe(model).at(-1)?.chance).toBeCloseTo(0.5);
  });

  it('tries a neighbour now and then, so that a table that became quicker is noticed', () => {
    const random = createRandom(3).next;
    const waits = Array.from({ length: 300 }, () =>
      Number(learnedWaitMs(seen(400), { mostMs: MOST_MS, random })),
    );

    expect(waits.some((waitMs) => waitMs <= 250)).toBe(true);
    expect(waits.filter((waitMs) => waitMs >= 300 && waitMs <= 500).length).toBeGreaterThan(240);
  });
});

describe('stored outcomes', () => {
  it('count half after an hour, and are the same however they are split', () => {
    const slot = (slotMs: number, succeeded: number) => ({
      ...{ table: 't', reason: 'r', slotMs },
      model: newModel().map((outcomes) => ({ ...outcomes, succeeded })),
    });

    expect(mergeSlots([slot(0, 8)], 3_600_000)[0]?.succeeded).toBeCloseTo(4);
    expect(mergeSlots([slot(0, 3), slot(0, 5)], 0)).toEqual(mergeSlots([slot(0, 8)], 0));
  });
});

describe('the adaptive wait', () => {
  it('spreads evenly up to the recovery time, doubled with each retry, and no further than allowed', () => {
    const recovery = observeRecovery(UNSEEN, 300, MOST_MS);

    expect(
      [1, 2, 6].map((retry) => adaptiveWaitMs(recovery, { retry, mostMs: MOST_MS, random: () => 1 })),
    ).toEqual([300, 600, 5000]);
    expect(adaptiveWaitMs(recovery, { retry: 1, mostMs: MOST_MS, random: () => 0 })).toBe(0);
  });

  it('follows what was seen lately', () => {
    let recovery = UNSEEN;
    for (const ms of [200, 200, 200, 2000, 2000, 2000, 2000, 2000]) {
      recovery = observeRecovery(recovery, ms, MOST_MS);
    }

    expect(recovery.ms).toBeGreaterThan(1500);
  });
});

describe('the choice of a delay', () => {
  it('is that of the requirements under `fixed`, whatever was learned', () => {
    const known = {
      table: 't',
      reason: 'r',
      recovery: { ms: 5, observations: 9 },
      model: seen(50),
      untold: newModel(),
    };
    const { waitMs, policy } = chooseDelay({ code: 'THROTTLING', retry: 2, known }, 'fixed');

    expect(policy).toBe('fixed');
    expect(waitMs).toBeGreaterThanOrEqual(2000);
    expect(waitMs).toBeLessThanOrEqual(2400);
  });
});
