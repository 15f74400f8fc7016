import { HEADER, line } from '@/tests/bench/throttled/print';
import { runContest } from '@/tests/bench/throttled/run-contest';
import type { World } from '@/tests/bench/throttled/world';

type Contestant = [name: string, contest: { writer: string; env?: Record<string, string> }];

const OTHERS: Contestant[] = [
  ['fixed delays 1/2/4 s, 8 in flight (S7)', { writer: 'fixed' }],
  ['full jitter, 8 in flight', { writer: 'jitter' }],
  ['AWS SDK, standard mode', { writer: 'standard' }],
  ['AWS SDK, adaptive mode', { writer: 'adaptive' }],
  ['electrodb', { writer: 'electrodb' }],
  ['dynamodb-toolbox', { writer: 'toolbox' }],
  ['dynamoose', { writer: 'dynamoose' }],
  ['dynamodb-onetable', { writer: 'onetable' }],
];

const OURS = ['fixed', 'adaptive', 'learned'].map(
  (policy): Contestant => [
    `Assignment Desk, ${policy} delays`,
    { writer: 'product', env: { RETRY_POLICY: policy } },
  ],
);

const LIMIT = { unitsPerSecond: 500, burstUnits: 500, rows: 5000 };

/** Other libraries and loops, each as its documentation says to write many items. */
export const benchOthers = (world: World) => sideBySide(OTHERS, world);

/** Our policies; the capacity is not known to them when they begin. */
export const benchPolicies = (world: World) => sideBySide(OURS, world);

async function sideBySide(contestants: Contestant[], world: World): Promise<void> {
  console.log(
    `\n${LIMIT.rows} rows, ${LIMIT.unitsPerSecond} write units a second, ${LIMIT.burstUnits} saved up`,
  );
  console.log(HEADER);
  for (const [name, contest] of contestants) {
    console.log(line(name, await runContest({ ...LIMIT, ...contest }, world)));
  }
}
