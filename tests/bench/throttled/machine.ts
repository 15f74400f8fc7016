import { runContest } from '@/tests/bench/throttled/run-contest';
import type { World } from '@/tests/bench/throttled/world';

const NO_LIMIT = 1_000_000;
const ROWS = 5000;

/** How fast rows are written here and now without a limit: a limit above it measures the machine, not us. */
export async function printMachine(world: World): Promise<void> {
  const free = { writer: 'product', unitsPerSecond: NO_LIMIT, burstUnits: NO_LIMIT, rows: ROWS };
  const { seconds } = await runContest(free, world);
  console.log(`without a limit this machine writes ${Math.round(ROWS / seconds)} rows a second now`);
}
