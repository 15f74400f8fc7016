import { answerAndEnd, waitForGo } from '@/tests/bench/throttled/child';
import { contestItems } from '@/tests/bench/throttled/contest-item';
import { FIXED_DELAYS, FULL_JITTER, plainLoop } from '@/tests/bench/throttled/plain-loop';
import { type JobResult, taskSchema } from '@/tests/bench/throttled/task';
import { withDynamoose } from '@/tests/bench/throttled/with-dynamoose';
import { withElectrodb } from '@/tests/bench/throttled/with-electrodb';
import { withOnetable } from '@/tests/bench/throttled/with-onetable';
import { withProduct } from '@/tests/bench/throttled/with-product';
import { withToolbox } from '@/tests/bench/throttled/with-toolbox';
import type { ContestTable, Writer } from '@/tests/bench/throttled/writer';

// A process of its own: the environment names the policy, and what the product has learned belongs to one run only.

/** The SDK sees refused calls; what is unprocessed goes through the same loop with full jitter. */
const sdk = (retryMode: 'standard' | 'adaptive') => ({ ...FULL_JITTER, sdk: { maxAttempts: 3, retryMode } });

const WRITERS: Record<string, (world: ContestTable) => Writer | Promise<Writer>> = {
  fixed: (world) => plainLoop(world, FIXED_DELAYS),
  jitter: (world) => plainLoop(world, FULL_JITTER),
  standard: (world) => plainLoop(world, sdk('standard')),
  adaptive: (world) => plainLoop(world, sdk('adaptive')),
  electrodb: withElectrodb,
  toolbox: withToolbox,
  dynamoose: withDynamoose,
  onetable: withOnetable,
  product: withProduct,
};

const { writer: name, rows, jobs, mark, ...world } = taskSchema.parse(JSON.parse(process.argv[2] ?? ''));
const writer = await WRITERS[name]?.(world);
if (!writer) throw new Error(`There is no contestant ${name}`);
const lists = Array.from({ length: jobs }, (_, job) => contestItems(`${mark}-${job}`, rows));

await waitForGo();
const startedAt = performance.now();
const results = await Promise.all(
  lists.map(async (items): Promise<JobResult> => {
    const said = await writer(items);
    return { ...said, seconds: (performance.now() - startedAt) / 1000 };
  }),
);
answerAndEnd(results);
