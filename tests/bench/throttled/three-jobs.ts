import { goalLine } from '@/tests/bench/throttled/print';
import { runContest } from '@/tests/bench/throttled/run-contest';
import { nothingLost } from '@/tests/bench/throttled/scenarios';
import type { World } from '@/tests/bench/throttled/world';

const GOODPUT = 0.95;
const SLOWEST = 1.15;

const CASES = [
  { name: 'three jobs in one process', jobs: 3, processes: 1 },
  { name: 'three jobs in three processes', jobs: 1, processes: 3 },
];

const LIMIT = { writer: 'product', unitsPerSecond: 500, burstUnits: 500, rows: 2500 };

/** Three jobs that begin together. One is starved when it ends far behind what equal shares allow. */
export async function benchThreeJobs(world: World): Promise<void> {
  console.log('\nThree jobs of ours at once');
  for (const { name, ...split } of CASES) {
    const run = await runContest({ ...LIMIT, ...split }, world);
    const slowest = Math.max(...run.jobSeconds);
    console.log(
      goalLine(name, [
        { name: 'goodput', value: run.goodput, atLeast: GOODPUT },
        { name: 'slowest/ideal', value: slowest / run.idealSeconds, atMost: SLOWEST },
        ...nothingLost(run),
      ]),
    );
    const times = run.jobSeconds.map((seconds) => `${seconds.toFixed(1)} s`).join(', ');
    console.log(`    the jobs took ${times}; refused ${(run.refusedShare * 100).toFixed(1)} %`);
  }
}
