import type { Measured } from '@/tests/bench/throttled/measure';
import { type Goal, goalLine } from '@/tests/bench/throttled/print';
import { type Contest, runContest } from '@/tests/bench/throttled/run-contest';
import type { World } from '@/tests/bench/throttled/world';

const KNOWN = { goodput: 0.97, refused: 0.002 };
const LEARNED = { goodput: 0.95, refused: 0.02 };
const SHORT_JOB = { seconds: 10, refused: 0.03 };
const DRAIN = 1.06;

type Scenario = { name: string; contest: Omit<Contest, 'writer'>; isKnown?: boolean };

const SCENARIOS: Scenario[] = [
  {
    name: 'capacity known, 500 units/s',
    contest: { unitsPerSecond: 500, burstUnits: 500, rows: 5000, env: { WRITE_UNITS_PER_SECOND: '500' } },
    isKnown: true,
  },
  { name: 'learned, 500 units/s', contest: { unitsPerSecond: 500, burstUnits: 500, rows: 6000 } },
  { name: 'learned, 100 units/s', contest: { unitsPerSecond: 100, burstUnits: 100, rows: 1500 } },
  { name: 'learned, 2000 units/s', contest: { unitsPerSecond: 2000, burstUnits: 2000, rows: 24_000 } },
  {
    name: 'learned, 500 units/s over 8 partitions',
    contest: { unitsPerSecond: 500, burstUnits: 500, rows: 6000, partitions: 8 },
  },
];

/** A capacity that is known, or has to be learned. The largest is answered by the ledger alone, the engine is slower. */
export async function benchScenarios(world: World): Promise<void> {
  console.log('\nOne job of ours');
  for (const { name, contest, isKnown } of SCENARIOS) {
    const keepsWritesIn = contest.unitsPerSecond > 500 ? 'ledger' : world.keepsWritesIn;
    const run = await runContest({ writer: 'product', ...contest }, { ...world, keepsWritesIn });
    console.log(goalLine(name, goalsOf(run, isKnown)));
  }
}

function goalsOf(run: Measured, isKnown = false): Goal[] {
  const goals = isKnown ? KNOWN : LEARNED;
  const isShort = !isKnown && run.seconds < SHORT_JOB.seconds;
  return [
    { name: 'goodput', value: run.goodput, atLeast: goals.goodput },
    {
      name: 'refused',
      value: run.refusedShare,
      atMost: isShort ? SHORT_JOB.refused : goals.refused,
      as: 'percent',
    },
    ...nothingLost(run),
    { name: 'drain/ideal', value: run.drainSeconds / run.idealSeconds, atMost: DRAIN },
  ];
}

/** What every run of ours has to meet. */
export const nothingLost = (run: Measured): Goal[] => [
  { name: 'lost', value: run.lost, atMost: 0 },
  { name: 'handed back', value: run.handedBack, atMost: 0 },
];
