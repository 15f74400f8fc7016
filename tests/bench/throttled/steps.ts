import type { LedgerSlice } from '@/lib/server/demo/write-ledger';
import { goalLine } from '@/tests/bench/throttled/print';
import { runContest } from '@/tests/bench/throttled/run-contest';
import { nothingLost } from '@/tests/bench/throttled/scenarios';
import type { World } from '@/tests/bench/throttled/world';

const REFUSED = 0.04;
const SHARE = 0.9;
const WINDOW_SECONDS = 1;

/** A capacity that has to hold for so long before it counts as reached. */
const HOLDS_SECONDS = 3;

const STEPS = [
  { name: 'capacity falls from 500 to 125', from: 500, to: 125, afterSeconds: 6, rows: 5000, within: 2 },
  { name: 'capacity rises from 125 to 500', from: 125, to: 500, afterSeconds: 8, rows: 7500, within: 6 },
];

/** The capacity changes by 4 while a job runs. */
export async function benchSteps(world: World): Promise<void> {
  console.log('\nThe capacity changes during a job of ours');
  for (const { name, from, to, afterSeconds, rows, within } of STEPS) {
    const steps = [{ afterSeconds, unitsPerSecond: to }];
    const contest = { writer: 'product', rows, unitsPerSecond: from, burstUnits: from, steps };
    const run = await runContest(contest, world);
    const reached = secondsUntil(run.slices, { step: afterSeconds, rate: to * SHARE, end: run.drainSeconds });
    console.log(
      goalLine(name, [
        { name: 'refused', value: run.refusedShare, atMost: REFUSED, as: 'percent' },
        ...nothingLost(run),
        { name: '90 % of the new after', value: reached, atMost: within, as: 'seconds' },
      ]),
    );
  }
}

type Reach = { step: number; rate: number; end: number };

/** Seconds from the step until every window of one second for the next three has the rate; infinite where none has. */
export function secondsUntil(slices: LedgerSlice[], { step, rate, end }: Reach): number {
  const accepted = (from: number) =>
    slices
      .filter(({ at }) => at >= from && at < from + WINDOW_SECONDS)
      .reduce((units, slice) => units + slice.accepted, 0) / WINDOW_SECONDS;
  const starts = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.floor((to - from) * 10)) }, (_, at) => from + at / 10);
  const last = end - WINDOW_SECONDS;
  const found = starts(step, last).find((from) =>
    [from, ...starts(from, Math.min(from + HOLDS_SECONDS, last))].every((at) => accepted(at) >= rate),
  );
  return found === undefined ? Number.POSITIVE_INFINITY : found - step;
}
