import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burnRates } from '@/lib/server/objectives/burn-rates';
import { countFailed, countSlower } from '@/lib/server/objectives/count-bad';
import { errorBudget, msUntilSpent } from '@/lib/server/objectives/error-budget';
import { eventLog } from '@/lib/server/objectives/event-log';
import { logOf } from '@/lib/server/objectives/metric-history';
import { aPoint, DAY, HOUR, MINUTE, NOON, points } from '@/tests/support/metric-series';

/** Three days of hours, the last six of them as minutes; each minute has 10 creates, of which `badAt` fail. */
function recorded(badAt: (atMs: number) => number) {
  const create = (atMs: number, minutes: number) => {
    const failed = badAt(atMs) * minutes;
    return aPoint(atMs, { success: 10 * minutes - failed, failed });
  };
  const late = NOON - 6 * HOUR;
  const hours = points({ fromMs: NOON - 3 * DAY, toMs: NOON, stepMs: HOUR }, (atMs) => create(atMs, 60));
  const minutes = points({ fromMs: late, toMs: NOON, stepMs: MINUTE }, (atMs) => create(atMs, 1));
  return logOf({ hours: { create: hours }, minutes: { create: minutes }, gauges: [] }, 'create', countFailed);
}

const burning = (badAt: (atMs: number) => number, target = 0.99) =>
  burnRates(recorded(badAt), target, NOON)
    .filter(({ isBurning }) => isBurning)
    .map(({ factor }) => factor);

describe('burn rates', () => {
  it('burn nothing while nothing fails', () => {
    expect(burning(() => 0)).toEqual([]);
  });

  it('page at once and at length for an hour of failures that goes on', () => {
    expect(burning((atMs) => (atMs >= NOON - HOUR ? 5 : 0))).toEqual([14.4, 6]);
  });

  it('stop paging soon after the failures stop, although the long window still remembers them', () => {
    const stopped = (atMs: number) => (atMs >= NOON - HOUR && atMs < NOON - 6 * MINUTE ? 5 : 0);

    expect(burning(stopped)).toEqual([6]);
    expect(burning((atMs) => (atMs >= NOON - HOUR && atMs < NOON - 31 * MINUTE ? 5 : 0))).toEqual([]);
  });

  it('ask for a look, and page nobody, where a budget goes slowly for days', () => {
    expect(burning(() => 0.4)).toEqual([3, 1]);
    expect(burning(() => 0.2)).toEqual([1]);
  });

  it('say that they do not know where even a burning budget would show no bad event', () => {
    const log = eventLog([{ fromMs: NOON - MINUTE, toMs: NOON, total: 60, bad: 0 }]);

    const [fast] = burnRates(log, 0.999, NOON);

    expect(fast).toMatchObject({ isKnown: false, isBurning: false, longRate: 0 });
  });

  it('do not wake anybody for a few failures of a quiet night', () => {
    const quiet = (bad: number) => eventLog([{ fromMs: NOON - MINUTE, toMs: NOON, total: 8, bad }]);

    expect(burnRates(quiet(4), 0.999, NOON)[0]).toMatchObject({ isKnown: false, isBurning: false });
    expect(burnRates(quiet(5), 0.999, NOON)[0]).toMatchObject({ isKnown: true, isBurning: true });
  });

  it('do not take four bad events for a trend, however many times the budget they are', () => {
    const log = eventLog([{ fromMs: NOON - MINUTE, toMs: NOON, total: 100, bad: 4 }]);

    expect(burnRates(log, 0.999, NOON)[0]).toMatchObject({ isKnown: true, isBurning: false });
  });

  it('never burn in one window only', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10 }), { minLength: 12, maxLength: 12 }), (pattern) => {
        const badAt = (atMs: number) => pattern[Math.floor((NOON - atMs) / (30 * MINUTE)) % 12] ?? 0;
        for (const { isBurning, factor, longRate, shortRate } of burnRates(recorded(badAt), 0.9, NOON)) {
          if (isBurning) expect(Math.min(longRate ?? 0, shortRate ?? 0)).toBeGreaterThanOrEqual(factor);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('sums over a window', () => {
  it('are those of all points that overlap it', () => {
    const widths = fc.array(fc.record({ width: fc.integer({ min: 1, max: 9 }), total: fc.nat(5) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(widths, fc.nat(150), fc.nat(60), (shapes, fromMs, spanMs) => {
        let end = 0;
        const counted = shapes.map(({ width, total }) => {
          const from = end;
          end += width;
          return { fromMs: from, toMs: end, total, bad: Math.min(total, 1) };
        });
        const toMs = fromMs + spanMs + 1;

        const overlapping = counted.filter((point) => point.toMs > fromMs && point.fromMs < toMs);

        expect(eventLog(counted).within(fromMs, toMs)).toEqual({
          total: overlapping.reduce((sum, { total }) => sum + total, 0),
          bad: overlapping.reduce((sum, { bad }) => sum + bad, 0),
        });
      }),
    );
  });

  it('count no moment twice where minutes and hours are both known', () => {
    const log = recorded(() => 1);

    expect(log.within(NOON - 3 * DAY, NOON)).toEqual({ total: 3 * 24 * 600, bad: 3 * 24 * 60 });
  });
});

describe('an error budget', () => {
  const log = (bad: number) => eventLog([{ fromMs: NOON - DAY, toMs: NOON, total: 10_000, bad }]);

  it('is what the promise allows to fail', () => {
    expect(errorBudget(log(0), 0.999, NOON).left).toBe(1);
    expect(errorBudget(log(4), 0.999, NOON).left).toBeCloseTo(0.6);
    expect(errorBudget(log(20), 0.999, NOON).left).toBeCloseTo(-1);
  });

  it('is not known before anything was counted', () => {
    expect(errorBudget(eventLog([]), 0.999, NOON).left).toBeNull();
  });

  it('lasts as long as its burn rate says', () => {
    expect(msUntilSpent(1, 1)).toBe(28 * DAY);
    expect(msUntilSpent(0.5, 14)).toBe(DAY);
    expect(msUntilSpent(0.5, 0)).toBeNull();
    expect(msUntilSpent(-0.1, 3)).toBe(0);
  });
});

describe('slow events', () => {
  it('are those of the buckets above the limit, whose nearest bound is at most 9 % away', () => {
    const slow = (durationMs: number) => countSlower(500)(aPoint(NOON, { success: 7, durationMs }));

    expect([slow(40), slow(499), slow(560), slow(20_000)]).toEqual([0, 0, 7, 7]);
  });
});
