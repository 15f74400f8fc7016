import { describe, expect, it } from 'vitest';
import { secondsUntil } from '@/tests/bench/throttled/steps';

/** Units a second in each second, in slices of a tenth. */
const slicesOf = (rates: number[]) =>
  rates.flatMap((rate, second) =>
    Array.from({ length: 10 }, (_, tenth) => ({
      at: second + tenth / 10 + 0.01,
      accepted: rate / 10,
      refused: 0,
    })),
  );

describe('how long a job needs after its capacity changed', () => {
  it('counts from the step until the rate is reached and stays', () => {
    const slices = slicesOf([500, 500, 20, 20, 125, 125, 125, 125, 125]);

    const seconds = secondsUntil(slices, { step: 2, rate: 100, end: 9 });

    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThanOrEqual(2);
  });

  it('does not count a rate that is reached for a moment only', () => {
    const slices = slicesOf([500, 500, 125, 20, 20, 125, 125, 125, 125, 125]);

    expect(secondsUntil(slices, { step: 2, rate: 100, end: 10 })).toBeGreaterThan(2);
  });

  it('is endless where the rate is never reached', () => {
    const slices = slicesOf([500, 500, 20, 20, 20, 20, 20, 20]);

    expect(secondsUntil(slices, { step: 2, rate: 100, end: 8 })).toBe(Number.POSITIVE_INFINITY);
  });
});
