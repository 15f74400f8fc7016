import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaveShares, NO_SHARES, renewShare, type Shares } from '@/lib/server/governor/shares';

const known = (shares: Shares, id: string, capacity = 600, gone: string[] = []) =>
  renewShare(shares, { id, unitsPerSecond: capacity, known: capacity, gone: new Set(gone) });

const parts = ({ members }: Shares) =>
  Object.fromEntries(Object.entries(members).map(([id, { unitsPerSecond }]) => [id, unitsPerSecond]));

describe('shares of a capacity that is known', () => {
  it('are the whole for one process, and even parts once every process has renewed its own', () => {
    const alone = known(NO_SHARES, 'a');
    const joined = known(alone, 'b');
    const yielded = known(joined, 'a');
    const even = known(yielded, 'b');

    expect(parts(alone)).toEqual({ a: 600 });
    expect(parts(joined)).toEqual({ a: 600, b: 0 });
    expect(parts(even)).toEqual({ a: 300, b: 300 });
  });

  it('of a process that left, or that gives no sign of life, are free for the others', () => {
    const even = ['a', 'b', 'a', 'b'].reduce((shares, id) => known(shares, id), NO_SHARES);

    expect(parts(known(leaveShares(even, 'b'), 'a'))).toEqual({ a: 600 });
    expect(parts(known(even, 'a', 600, ['b']))).toEqual({ a: 600 });
  });

  it('never add up to more than the capacity, whoever joins, renews, leaves or vanishes', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.record({ kind: fc.constantFrom('renew', 'leave', 'vanish'), id, other: id });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const histories = steps.map((_, count) => steps.slice(0, count + 1).reduce(take, NO_SHARES));
        for (const shares of histories) expect(sumOf(shares)).toBeLessThanOrEqual(600 + 1e-6);
      }),
    );
  });
});

type Step = { kind: string; id: string; other: string };

function take(shares: Shares, { kind, id, other }: Step): Shares {
  if (kind === 'leave') return leaveShares(shares, id);
  return known(shares, id, 600, kind === 'vanish' && other !== id ? [other] : []);
}

const sumOf = (shares: Shares) => Object.values(parts(shares)).reduce((sum, part) => sum + part, 0);

describe('shares of a capacity that is learned', () => {
  const learned = (shares: Shares, id: string, unitsPerSecond: number | undefined) =>
    renewShare(shares, { id, unitsPerSecond, known: undefined, gone: new Set() });

  it('limit nobody while nothing was refused', () => {
    expect(learned(NO_SHARES, 'a', undefined).capacity).toBe(0);
  });

  it('add up to what all writers have learned, and follow what one of them learns', () => {
    const one = learned(NO_SHARES, 'a', 200);
    const two = learned(one, 'b', 300);
    const grown = learned(two, 'a', 240);

    expect(two.capacity).toBe(500);
    expect(grown.capacity).toBe(540);
    expect(parts(grown).a).toBeCloseTo(270);
  });

  it('are remembered for the next process after all have left', () => {
    const left = leaveShares(learned(NO_SHARES, 'a', 500), 'a');

    expect(parts(learned(left, 'b', undefined))).toEqual({ b: 500 });
  });
});
