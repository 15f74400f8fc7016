import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineParts, silentSpans, type TimePoint } from '@/components/charts/time-points';

const STEP = 60_000;

const minute = (at: number, value: number | null, state: TimePoint['state'] = 'complete'): TimePoint => ({
  atMs: at * STEP,
  value,
  state,
});

const partsOf = (points: TimePoint[]) =>
  lineParts(points, STEP).map(({ isPartial, points: part }) => [
    isPartial,
    part.map(({ atMs }) => atMs / STEP),
  ]);

describe('a line over time', () => {
  it('lies at zero where nothing happened', () => {
    expect(partsOf([minute(0, 5), minute(1, 0), minute(2, 0), minute(3, 4)])).toEqual([
      [false, [0, 1, 2, 3]],
    ]);
  });

  it('breaks where nobody reported, and where there was nothing to measure', () => {
    expect(
      partsOf([minute(0, 5), minute(1, 0, 'silent'), minute(2, 3), minute(3, null), minute(4, 1)]),
    ).toEqual([
      [false, [0]],
      [false, [2]],
      [false, [4]],
    ]);
  });

  it('breaks where a slot is missing', () => {
    expect(partsOf([minute(0, 1), minute(1, 1), minute(5, 1)])).toEqual([
      [false, [0, 1]],
      [false, [5]],
    ]);
  });

  it('is dashed to and from a slot that is not complete', () => {
    expect(
      partsOf([minute(0, 1), minute(1, 1), minute(2, 1, 'partial'), minute(3, 1), minute(4, 1)]),
    ).toEqual([
      [false, [0, 1]],
      [true, [1, 2, 3]],
      [false, [3, 4]],
    ]);
  });

  it('goes through every known slot, and through no other', () => {
    const points = fc.array(
      fc.record({
        value: fc.option(fc.nat(100)),
        state: fc.constantFrom<TimePoint['state']>('complete', 'partial', 'silent'),
      }),
    );
    fc.assert(
      fc.property(points, (given) => {
        const all = given.map((point, at) => ({ ...point, atMs: at * STEP }));
        const drawn = new Set(lineParts(all, STEP).flatMap((part) => part.points.map(({ atMs }) => atMs)));
        const known = all.filter(({ state, value }) => state !== 'silent' && value !== null);

        expect([...drawn].sort((a, b) => a - b)).toEqual(known.map(({ atMs }) => atMs));
      }),
    );
  });
});

it('hatches neighbouring slots without a report as one time', () => {
  const points = [
    minute(0, 1),
    minute(1, 0, 'silent'),
    minute(2, 0, 'silent'),
    minute(3, 0),
    minute(4, 0, 'silent'),
  ];

  expect(silentSpans(points, STEP)).toEqual([
    { fromMs: STEP, toMs: 3 * STEP },
    { fromMs: 4 * STEP, toMs: 5 * STEP },
  ]);
});
