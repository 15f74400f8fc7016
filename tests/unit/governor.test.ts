import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newGovernor, noteWrite, runGoverned } from '@/lib/server/governor/governor';
import { knowCapacity } from '@/lib/server/governor/pace';
import { aSimulatedTable, type SimulatedTable, writeRows } from '@/tests/support/simulated-table';

// Minutes of calls take more timers than the usual limit of a loop.
beforeEach(() => vi.useFakeTimers({ loopLimit: 1_000_000 }));
afterEach(() => vi.useRealTimers());

/** Rows written, over what the table could have taken in the time that it needed. */
const goodput = (table: SimulatedTable, { unitsPerSecond, burst = unitsPerSecond }: Limits) => {
  const { taken, seconds } = table.between();
  return taken / (unitsPerSecond * seconds + burst);
};

type Limits = { unitsPerSecond: number; burst?: number };

async function run(jobs: Promise<number>[]): Promise<number[]> {
  const all = Promise.all(jobs);
  await vi.runAllTimersAsync();
  return all;
}

describe('a table whose capacity is known', () => {
  it.each([500, 0])(
    'is used to the full, its burst of %i included, and refuses next to nothing',
    async (burst) => {
      const table = aSimulatedTable({ unitsPerSecond: 500, burst });
      const governor = newGovernor('t');
      knowCapacity(governor.pace, 500, 'setting');

      await run([writeRows(governor, table, 5000)]);

      expect(table.between().taken).toBe(5000);
      expect(goodput(table, { unitsPerSecond: 500, burst })).toBeGreaterThan(0.97);
      expect(table.between().refusedShare).toBeLessThanOrEqual(0.002);
    },
  );
});

describe('a table whose capacity has to be learned', () => {
  it.each([
    [100, 0.02],
    [500, 0.02],
    [2000, 0.03],
  ])('of %i units a second is used to the full, at few refusals', async (unitsPerSecond, most) => {
    const table = aSimulatedTable({ unitsPerSecond });

    await run([writeRows(newGovernor('t'), table, Math.max(unitsPerSecond * 8, 3000))]);

    expect(goodput(table, { unitsPerSecond })).toBeGreaterThan(0.95);
    expect(table.between().refusedShare).toBeLessThanOrEqual(most);
  });

  it('is followed within 2 seconds when it shrinks to a quarter, and within 6 when it grows by four', async () => {
    const table = aSimulatedTable({ unitsPerSecond: 2000, burst: 500 });
    setTimeout(() => table.change(500), 3000);
    setTimeout(() => table.change(2000), 10_000);

    await run([writeRows(newGovernor('t'), table, 28_000)]);

    const [shrunk, grown] = [table.between(5000, 6000), table.between(16_000, 17_000)];
    expect(shrunk.taken).toBeGreaterThan(450);
    expect(shrunk.refusedShare).toBeLessThan(0.1);
    expect(grown.taken).toBeGreaterThan(1800);
    expect(table.between().refusedShare).toBeLessThan(0.04);
  });

  it('goes on about as fast as its fullest partition allows', async () => {
    const table = aSimulatedTable({ unitsPerSecond: 500, partitions: 8 });

    await run([writeRows(newGovernor('t'), table, 5000)]);

    expect(table.between().seconds / table.idealSeconds()).toBeLessThan(1.12);
    expect(table.between().refusedShare).toBeLessThan(0.02);
  });

  it('is shared evenly by jobs that begin together', async () => {
    const table = aSimulatedTable({ unitsPerSecond: 500 });
    const governor = newGovernor('t');

    const ends = await run([1, 2, 3].map((job) => writeRows(governor, table, 1500 + job)));

    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(500);
  });
});

describe('people at work', () => {
  it('find a tenth of the capacity free, and their writes are taken off the rest', async () => {
    const table = aSimulatedTable({ unitsPerSecond: 500, burst: 0 });
    const governor = newGovernor('t');
    knowCapacity(governor.pace, 500, 'setting');
    governor.pace.tokens = 0;
    const person = setInterval(() => noteWrite(governor, 5, true), 100);
    setTimeout(() => clearInterval(person), 5000);

    await run([writeRows(governor, table, 2500)]);

    const { taken } = table.between(1000, 5000);
    expect(taken / 4).toBeGreaterThan(380);
    expect(taken / 4).toBeLessThan(402);
  });
});

describe('calls', () => {
  it('run in the order of asking, and the next one runs when one fails', async () => {
    const governor = newGovernor('t');
    const order: number[] = [];
    const call = (at: number) =>
      runGoverned(
        governor,
        () => 1,
        async () => {
          order.push(at);
          if (at % 2) throw new Error('no answer');
          return { result: at, items: 1, taken: 1, refused: 0 };
        },
      ).catch(() => at);

    const all = Promise.all(Array.from({ length: 30 }, (_, at) => call(at)));
    await vi.runAllTimersAsync();

    expect(await all).toEqual(order);
    expect(order).toEqual(Array.from({ length: 30 }, (_, at) => at));
  });
});
