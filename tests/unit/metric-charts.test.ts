import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '@/components/charts/data-csv';
import { LEVELS, levelOf } from '@/components/charts/heatmap-cells';
import { timeTicks } from '@/components/charts/time-scales';
import { slotAt } from '@/components/charts/time-window';
import { zoneOffsetMs } from '@/components/charts/zone-time';
import { heatCells } from '@/components/metrics/chart-points';
import { coarsePoints, mergedPoint } from '@/components/metrics/coarse-points';
import { gaugeLines } from '@/components/metrics/gauge-lines';
import { codesOf, formatMs } from '@/components/metrics/point-facts';
import { allowedRange, stepFor, windowOf } from '@/components/metrics/ranges';
import { seriesColumns, seriesRows } from '@/components/metrics/series-table';
import { withTail } from '@/lib/client/metrics';
import { type Metrics, STEP_MS } from '@/lib/shared/metrics';
import { FIRST_MINUTE, metricPoint } from '@/tests/support/metric-points';

const FIRST_MS = Date.parse(FIRST_MINUTE);
const HOUR = STEP_MS.hour;
const DAY = STEP_MS.day;

describe('points in wider slots', () => {
  it('keep every count, whatever the width', () => {
    const minutes = fc.array(fc.record({ ok: fc.nat(50), failed: fc.nat(5), items: fc.nat(25) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(minutes, fc.constantFrom(1, 2, 5, 10, 60), (given, width) => {
        const points = given.map(({ ok, failed, items }, minute) =>
          metricPoint({ minute, items, outcomes: { success: ok, THROTTLING: failed } }),
        );

        const coarse = mergedPoint('', coarsePoints(points, width * STEP_MS.minute));

        const whole = mergedPoint('', points);
        expect([coarse.count, coarse.items, coarse.outcomes.THROTTLING ?? 0]).toEqual([
          whole.count,
          whole.items,
          whole.outcomes.THROTTLING ?? 0,
        ]);
      }),
    );
  });

  it('read percentiles from merged buckets instead of averaging them', () => {
    const points = [
      metricPoint({ minute: 0, durationsMs: Array.from({ length: 99 }, () => 10) }),
      metricPoint({ minute: 1, durationsMs: [1000] }),
    ];

    const [slot] = coarsePoints(points, 2 * STEP_MS.minute);

    expect(slot?.p95).toBeLessThan(12);
  });

  it('are partial where a part of them is not known, and silent only where nothing is', () => {
    const [silent, whole] = [metricPoint({ minute: 0, state: 'silent' }), metricPoint({ minute: 1 })];

    expect(coarsePoints([silent, whole], 2 * STEP_MS.minute)).toMatchObject([{ state: 'partial' }]);
    expect(coarsePoints([silent], 2 * STEP_MS.minute)).toMatchObject([{ state: 'silent' }]);
  });
});

describe('the time that is shown', () => {
  it.each([
    [HOUR, 0, 'minute'],
    [DAY, DAY, 'minute'],
    [DAY, 9 * DAY, 'hour'],
    [30 * DAY, 30 * DAY, 'hour'],
    [HOUR, 101 * DAY, 'day'],
  ])('of %d ms that began %d ms ago is read by the %3$s', (spanMs, ageMs, step) => {
    expect(stepFor(spanMs, ageMs)).toBe(step);
  });

  it('never has more slots than can be told apart, and holds all that was asked for', () => {
    const spans = fc.record({
      fromMs: fc.integer({ min: 0, max: 4e12 }),
      spanMs: fc.integer({ min: 6e4, max: 60 * DAY }),
    });
    fc.assert(
      fc.property(spans, ({ fromMs, spanMs }) => {
        const toMs = fromMs + spanMs;
        const window = windowOf({ fromMs, toMs, step: stepFor(spanMs, spanMs) });

        expect((window.toMs - window.fromMs) / window.stepMs).toBeLessThanOrEqual(242);
        expect(window.fromMs <= fromMs && window.toMs >= toMs).toBe(true);
      }),
    );
  });

  it('is never shorter than five minutes and never ends after now', () => {
    expect(allowedRange({ fromMs: 1000, toMs: 2000 }, 10 * DAY)).toEqual({ fromMs: -148_500, toMs: 151_500 });
    expect(allowedRange({ fromMs: 9 * DAY, toMs: 12 * DAY }, 10 * DAY)).toEqual({
      fromMs: 7 * DAY,
      toMs: 10 * DAY,
    });
  });

  it('gives the nearest slot to a moment outside', () => {
    const window = { fromMs: 0, toMs: 10 * STEP_MS.minute, stepMs: STEP_MS.minute };

    expect([-5, 61_000, 99 * STEP_MS.minute].map((ms) => slotAt(window, ms))).toEqual([0, 60_000, 540_000]);
  });
});

it('puts the ticks of a day at round hours of the reader, also where the zone is half an hour off', () => {
  const offsetMs = zoneOffsetMs(FIRST_MS, 'Asia/Kolkata');
  const ticks = timeTicks({ fromMs: FIRST_MS, toMs: FIRST_MS + DAY, stepMs: HOUR }, 600, offsetMs);

  expect(offsetMs).toBe(5.5 * HOUR);
  expect(ticks.length).toBeGreaterThan(2);
  expect(ticks.every((tick) => (tick + offsetMs) % HOUR === 0)).toBe(true);
});

it('has a heat cell for each bucket of each slot, and shades from the first to the last', () => {
  const points = [metricPoint({ minute: 0, durationsMs: [0.2, 20, 20, 5000] })];

  expect(heatCells(points).map(({ count }) => count)).toEqual([1, 2, 1]);
  expect(levelOf(1, 10_000)).toBe(1);
  expect(levelOf(10_000, 10_000)).toBe(LEVELS);
});

it('lists codes by how often they came, the success never', () => {
  expect(
    codesOf([metricPoint({ minute: 0, outcomes: { success: 9, SYSTEM_ERROR: 1, THROTTLING: 3 } })]),
  ).toEqual(['THROTTLING', 'SYSTEM_ERROR']);
});

it('says durations in three digits', () => {
  expect([0.5, 9.96, 34.4, 999, 1234, 90_000].map((ms) => formatMs(ms).replace('\u00a0', ' '))).toEqual([
    '0.5 ms',
    '10 ms',
    '34 ms',
    '999 ms',
    '1.2 s',
    '1.5 min',
  ]);
});

it('leaves the numbers of a slot without a report empty, in the table and in the file', () => {
  const points = [
    metricPoint({ minute: 0, outcomes: { success: 2, THROTTLING: 1 } }),
    metricPoint({ minute: 1, state: 'silent' }),
  ];
  const codes = codesOf(points);

  const rows = seriesRows(points, codes);

  expect(rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
    [3, 1, 1],
    [null, null, null],
  ]);
  const [head, first, second] = csvOf(seriesColumns(codes), rows).split('\r\n');
  expect(head).toMatch(/^Time,Count,Failures,THROTTLING,/);
  expect(first).toMatch(/^2026-11-25T10:00:00\.000Z,3,1,1,/);
  expect(second).toMatch(/^2026-11-25T10:01:00\.000Z,,,,/);
});

it('keeps the highest value of each process in a slot', () => {
  const gauge = (minute: number, instance: string, heap: number) => ({
    at: new Date(FIRST_MS + minute * STEP_MS.minute).toISOString(),
    instance,
    last: {},
    highest: { heap_bytes: heap },
  });
  const window = { fromMs: FIRST_MS, toMs: FIRST_MS + HOUR, stepMs: 5 * STEP_MS.minute };

  const lines = gaugeLines(
    [gauge(0, 'a', 5), gauge(3, 'a', 9), gauge(1, 'b', 2), gauge(70, 'b', 99)],
    'heap_bytes',
    window,
  );

  expect(lines.map(({ instance, points }) => [instance, points.map(({ value }) => value)])).toEqual([
    ['a', [9]],
    ['b', [2]],
  ]);
});

it('takes the last minutes from the tail and keeps what is older', () => {
  const metrics = (minutes: number[], now: number): Metrics => ({
    ...{ from: metricPoint({ minute: minutes[0] ?? 0 }).at, to: '', step: 'minute', gauges: [], lost: [] },
    now: metricPoint({ minute: now }).at,
    series: { create: minutes.map((minute) => metricPoint({ minute, outcomes: { success: now } })) },
  });

  const joined = withTail(metrics([0, 1, 2, 3], 4), metrics([2, 3, 4, 5], 6));

  expect(joined.series.create?.map(({ count }) => count)).toEqual([4, 4, 6, 6, 6, 6]);
  expect(joined.now).toBe(metricPoint({ minute: 6 }).at);
});
