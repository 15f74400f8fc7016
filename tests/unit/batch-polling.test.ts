import { focusManager } from '@tanstack/react-query';
import { afterEach, describe, expect, it } from 'vitest';
import { pollMs } from '@/lib/client/batch-polling';
import { BATCH_STATES, FINAL_STATES } from '@/lib/shared/batch';

afterEach(() => focusManager.setFocused(undefined));

describe('batches are read again', () => {
  it.each([
    ['running', 1000, 10_000],
    ['receiving', 1000, 10_000],
    ['cancelling', 1000, 10_000],
    ['undoing', 1000, 10_000],
    ['ready', 5000, 30_000],
    ['paused', 5000, 30_000],
  ] as const)('%s: after %d ms while somebody looks, %d ms otherwise', (state, visible, hidden) => {
    focusManager.setFocused(true);
    expect(pollMs([state])).toBe(visible);
    focusManager.setFocused(false);
    expect(pollMs([state])).toBe(hidden);
  });

  it('as often as the busiest of them needs', () => {
    focusManager.setFocused(true);

    expect(pollMs(BATCH_STATES)).toBe(1000);
  });

  it('never once all of them have ended, or where there is none', () => {
    expect([pollMs(FINAL_STATES), pollMs([])]).toEqual([false, false]);
  });
});
