import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWriteCapacity, partitionOf } from '@/lib/server/demo/write-capacity';
import { itemBytes, writeUnits } from '@/lib/server/demo/write-units';

const one = (units: number, key = 'A') => [{ key, units }];

describe('write units', () => {
  it('counts names and values as DynamoDB does', () => {
    const item = {
      id: { S: 'é' },
      count: { N: '12345' },
      isOn: { BOOL: true },
      list: { L: [{ S: 'ab' }] },
      map: { M: { a: { NULL: true } } },
      tags: { SS: ['x', 'yz'] },
    };

    expect(itemBytes(item)).toBe(4 + 9 + 5 + (4 + 3 + 3) + (3 + 3 + 2 + 1) + 7);
  });

  it('begins a unit with each KiB, and never counts less than one', () => {
    const sized = (bytes: number) => writeUnits({ k: { S: 'a'.repeat(bytes - 1) } });

    expect([sized(2), sized(1024), sized(1025), sized(4097)]).toEqual([1, 1, 2, 5]);
  });
});

describe('write capacity', () => {
  it('never gives more than its rate and what was saved up', () => {
    const step = fc.record({
      waitMs: fc.integer({ min: 0, max: 3000 }),
      units: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 1, max: 500 }), (steps, unitsPerSecond) => {
        let now = 0;
        let taken = 0;
        const capacity = createWriteCapacity({ unitsPerSecond, burstUnits: 50 }, () => now);
        for (const { waitMs, units } of steps) {
          now += waitMs;
          if (capacity.take(one(units))) taken += units;
        }
        expect(taken).toBeLessThanOrEqual(50 + (unitsPerSecond * now) / 1000 + 1e-6);
      }),
    );
  });

  it('saves unused capacity, but not beyond its seconds', () => {
    let now = 0;
    const capacity = createWriteCapacity({ unitsPerSecond: 10, burstSeconds: 5 }, () => now);

    now = 60_000;

    expect(capacity.take(one(51))).toBe(false);
    expect(capacity.take(one(50))).toBe(true);
  });

  it('takes several writes together or none of them', () => {
    const capacity = createWriteCapacity({ unitsPerSecond: 10, burstUnits: 10 }, () => 0);

    expect(capacity.take([...one(6), ...one(6)])).toBe(false);
    expect(capacity.take(one(10))).toBe(true);
  });

  it('gives each partition its share alone', () => {
    const capacity = createWriteCapacity({ unitsPerSecond: 8, burstUnits: 8, partitions: 2 }, () => 0);
    const elsewhere = ['B', 'C', 'D', 'E', 'F'].find((key) => partitionOf(key, 2) !== partitionOf('A', 2));

    expect(capacity.take(one(5, 'A'))).toBe(false);
    expect(capacity.take(one(4, 'A'))).toBe(true);
    expect(capacity.take(one(4, elsewhere))).toBe(true);
  });

  it('fills at the new rate from the moment of a change, and takes nothing while closed', () => {
    let now = 0;
    const capacity = createWriteCapacity({ unitsPerSecond: 10 }, () => now);
    now = 1000;
    capacity.change({ unitsPerSecond: 100 });
    now = 2000;

    capacity.change({ isClosed: true });
    expect(capacity.take(one(1))).toBe(false);
    capacity.change({ isClosed: false });

    expect(capacity.take(one(111))).toBe(false);
    expect(capacity.take(one(110))).toBe(true);
  });

  it('begins a measurement with exactly what it is told to have saved', () => {
    let now = 0;
    const capacity = createWriteCapacity({ unitsPerSecond: 10 }, () => now);
    now = 60_000;

    capacity.change({ savedUnits: 20 });

    expect(capacity.take(one(21))).toBe(false);
    expect(capacity.take(one(20))).toBe(true);
  });
});
