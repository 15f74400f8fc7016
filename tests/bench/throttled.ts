import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchCreatesBeside } from '@/tests/bench/throttled/creates-beside';
import { printMachine } from '@/tests/bench/throttled/machine';
import { benchScenarios } from '@/tests/bench/throttled/scenarios';
import { benchOthers, benchPolicies } from '@/tests/bench/throttled/side-by-side';
import { benchSteps } from '@/tests/bench/throttled/steps';
import { benchThreeJobs } from '@/tests/bench/throttled/three-jobs';
import { startWorld, type World } from '@/tests/bench/throttled/world';

const PARTS: Record<string, (world: World) => Promise<void>> = {
  others: benchOthers,
  ours: benchPolicies,
  scenarios: benchScenarios,
  steps: benchSteps,
  jobs: benchThreeJobs,
  people: benchCreatesBeside,
};

/**
 * Writing to a table that is throttled: other libraries, our policies, and scenarios with their goals. Options: `--only`
 * with parts joined by commas, `--keep engine` to carry out the throttled writes on a machine whose engine is faster than the
 * limits (otherwise the proxy's ledger answers them by itself), `--burst-seconds N` of unused capacity that the table keeps (DynamoDB: up to 300).
 */
export async function benchThrottled(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: Object.keys(PARTS).join(',') },
      keep: { type: 'string', default: 'ledger' },
      'burst-seconds': { type: 'string', default: '300' },
    },
  });
  const world = await startWorld({
    keepsWritesIn: values.keep === 'engine' ? 'engine' : 'ledger',
    burstSeconds: Number(values['burst-seconds']),
  });
  console.log(
    `throttled tables, 5 ms a call; writes answered by the ${world.keepsWritesIn}; ` +
      `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors`,
  );
  await printMachine(world);
  for (const [name, run] of Object.entries(PARTS)) {
    if (values.only.split(',').includes(name)) await run(world);
  }
  world.stop();
}
