import { describe, expect, it } from 'vitest';
import type { MetricHistory } from '@/lib/server/objectives/metric-history';
import { RULES } from '@/lib/server/objectives/rules/all-rules';
import type { MetricPoint, Series } from '@/lib/shared/metrics';
import { judgementSchema } from '@/lib/shared/objective';
import { aPoint, HOUR, MINUTE, NOON, points } from '@/tests/support/metric-series';

/** What a rule says at a moment, of minutes that were recorded. */
function verdict(
  ruleId: string,
  minutes: Partial<Record<Series, MetricPoint[]>>,
  nowMs: number,
  gauges: MetricHistory['gauges'] = [],
) {
  const rule = RULES.find((one) => one.ruleId === ruleId);
  return rule?.prepare({ hours: {}, minutes, gauges })(nowMs);
}

const minutesAgo = (minutes: number) => NOON - minutes * MINUTE;

describe('every rule', () => {
  it('has an ID of its own', () => {
    expect(new Set(RULES.map(({ ruleId }) => ruleId)).size).toBe(RULES.length);
  });

  it.each(RULES)('$ruleId finds nothing bad where nothing was measured', ({ prepare, ...rule }) => {
    const judgement = { ...rule, ...prepare({ hours: {}, minutes: {}, gauges: [] })(NOON) };

    expect(judgementSchema.parse(judgement)).toMatchObject({ isBad: false });
  });
});

describe('"creates fail now"', () => {
  const failing = [aPoint(minutesAgo(1), { success: 30, failed: 10 })];

  it('is bad within seconds of the first failures, and says how many and why', () => {
    const early = [aPoint(NOON, { failed: 5, code: 'SYSTEM_ERROR' })];

    expect(verdict('creates-fail-now', { create: early }, NOON + 4000)).toMatchObject({
      isBad: true,
      sentence: '5 of 5 creates failed in the last two minutes (100 %).',
      evidence: [
        { label: 'Failed in two minutes', value: '5 of 5' },
        { label: 'Most often', value: 'SYSTEM_ERROR' },
      ],
    });
  });

  it('is over two minutes after the last failure', () => {
    expect(verdict('creates-fail-now', { create: failing }, NOON + 59_000)?.isBad).toBe(true);
    expect(verdict('creates-fail-now', { create: failing }, NOON + MINUTE)?.isBad).toBe(false);
  });

  it('leaves wrong input to the people who typed it', () => {
    const wrong = [aPoint(NOON, { success: 5, failed: 50, code: 'VALIDATION_ERROR' })];

    expect(verdict('creates-fail-now', { create: wrong }, NOON + 4000)?.isBad).toBe(false);
  });

  it('does not judge four failures alone', () => {
    const few = [aPoint(NOON, { failed: 4 })];

    expect(verdict('creates-fail-now', { create: few }, NOON + 4000)).toMatchObject({
      isBad: false,
      isKnown: false,
    });
  });
});

describe('"sustained throttling now"', () => {
  const calls = (refused: number) =>
    aPoint(
      minutesAgo(1),
      { success: 40 },
      { items: 1000, unprocessed: refused, throttles: { 'Table orders': refused } },
    );

  it('counts what DynamoDB handed back of batch calls, once', () => {
    expect(verdict('throttled-now', { batch_call: [calls(60)] }, NOON)).toMatchObject({
      isBad: true,
      sentence: 'DynamoDB refused 60 of 1,000 writes in the last two minutes (6 %).',
    });
  });

  it('lets the few refusals pass by which a governor learns', () => {
    expect(verdict('throttled-now', { batch_call: [calls(40)] }, NOON)?.isBad).toBe(false);
  });

  it('is not hidden by many reads that go well', () => {
    const query = [aPoint(minutesAgo(1), { success: 90_000 })];

    expect(verdict('throttled-now', { batch_call: [calls(60)], query }, NOON)?.isBad).toBe(true);
  });
});

describe('"throttling is likely soon"', () => {
  /** The last five minutes, oldest first, by units written and writes refused of 100. */
  const written = (minutes: { units: number; refused: number }[]) =>
    minutes.map(({ units, refused }, place) =>
      aPoint(minutesAgo(5 - place), {}, { items: 100, unprocessed: refused, units: units * 60 }),
    );
  const capacity = (unitsPerSecond: number) =>
    points({ fromMs: minutesAgo(10), toMs: NOON, stepMs: MINUTE }, (atMs) => aPoint(atMs)).flatMap(({ at }) =>
      // Two processes share what the table takes.
      ['a', 'b'].map((instance) => ({
        at,
        instance,
        last: { limiter_units: unitsPerSecond / 2 },
        highest: {},
      })),
    );
  const ahead = (minutes: { units: number; refused: number }[]) =>
    verdict('throttling-ahead', { batch_call: written(minutes) }, NOON + 5000, capacity(100));

  it('is seen from refusals that grow for three minutes', () => {
    const growing = [0, 0, 1, 2, 4].map((refused) => ({ units: 50, refused }));

    expect(ahead(growing)?.isBad).toBe(true);
    expect(ahead(growing.toReversed())?.isBad).toBe(false);
  });

  it('is seen from five minutes near the learned capacity of all processes, with first refusals', () => {
    const near = Array.from({ length: 5 }, () => ({ units: 95, refused: 1 }));

    expect(ahead(near)).toMatchObject({ isBad: true });
    expect(ahead(near.map(({ units }) => ({ units, refused: 0 })))).toMatchObject({
      isBad: false,
      sentence: '95 % of the learned capacity is used; refusals do not grow.',
    });
    expect(ahead(near.with(2, { units: 60, refused: 1 }))?.isBad).toBe(false);
  });
});

describe('"an error budget is spent soon"', () => {
  const hours = (badShare: number) => ({
    create: points({ fromMs: NOON - 20 * 24 * HOUR, toMs: NOON, stepMs: HOUR }, (atMs) => {
      const failed = atMs >= NOON - 6 * HOUR ? Math.round(10_000 * badShare) : 0;
      return aPoint(atMs, { success: 10_000 - failed, failed });
    }),
  });
  const ahead = (badShare: number) =>
    RULES.find(({ ruleId }) => ruleId === 'budget-ahead')?.prepare({
      hours: hours(badShare),
      minutes: {},
      gauges: [],
    })(NOON);

  it('is bad while the first of all budgets ends within three days, and shows its numbers', () => {
    expect(ahead(0.0095)).toMatchObject({
      isBad: true,
      evidence: expect.arrayContaining([{ label: 'Burn rate over 6 h', value: '9.5×' }]),
    });
    expect(ahead(0.001)?.isBad).toBe(false);
  });
});
