import type { Measured } from '@/tests/bench/throttled/measure';
import { runContest, type World } from '@/tests/bench/throttled/run-contest';

const CONTESTANTS: [name: string, contest: { writer: string; env?: Record<string, string> }][] = [
  ['fixed delays 1/2/4 s, 8 in flight (S7)', { writer: 'fixed' }],
  ['full jitter, 8 in flight', { writer: 'jitter' }],
  ['AWS SDK, standard mode', { writer: 'standard' }],
  ['AWS SDK, adaptive mode', { writer: 'adaptive' }],
  ['electrodb', { writer: 'electrodb' }],
  ['dynamodb-toolbox', { writer: 'toolbox' }],
  ['dynamoose', { writer: 'dynamoose' }],
  ['dynamodb-onetable', { writer: 'onetable' }],
];

const LIMIT = { unitsPerSecond: 500, burstUnits: 500, rows: 5000 };

export async function benchOthers(world: World): Promise<void> {
  console.log(HEADER);
  for (const [name, contest] of CONTESTANTS)
    console.log(line(name, await runContest({ ...LIMIT, ...contest }, world)));
}

export const HEADER = `  ${'who'.padEnd(42)} goodput  refused   lost  handed back  drain / ideal    time`;

export function line(name: string, run: Measured): string {
  const drain = (run.drainSeconds / run.idealSeconds).toFixed(2);
  return [
    `  ${name.padEnd(42)}`,
    run.goodput.toFixed(2).padStart(7),
    `${(run.refusedShare * 100).toFixed(1)} %`.padStart(8),
    String(run.lost).padStart(6),
    String(run.handedBack).padStart(12),
    drain.padStart(14),
    `${run.seconds.toFixed(1)} s`.padStart(7),
  ].join(' ');
}
