import { createUser } from '@/lib/server/auth/create-user';
import { createTables } from '@/lib/server/tables';
import { createDesk } from '@/tests/crash/desk';
import { countOf, type Finding, KINDS } from '@/tests/crash/findings';
import { playRound, type RoundResult, type Stage } from '@/tests/crash/play-round';
import type { Processes } from '@/tests/crash/processes';
import { PHASES, type Phase, planRound, type RoundPlan } from '@/tests/crash/round-plan';
import { createRandom } from '@/tests/support/random';
import { signInAt } from '@/tests/support/sign-in-at';

const EMAIL = 'admin@example.edu';
const PASSWORD = 'assignment-desk-crash';

type Rounds = { rounds: number; seed: number; processes: Processes };

/** Plays rounds, prints each, and sums up. */
export async function playRounds({ rounds, seed, processes }: Rounds) {
  await createTables();
  const person = { email: EMAIL, password: PASSWORD, name: 'Ada Min', department: 'Registry', courseIds: [] };
  await createUser({ ...person, role: 'admin' });
  await processes.start('A');
  const random = createRandom(seed);
  const desk = createDesk(processes, await signInAt(processes.urlOf('A'), EMAIL, PASSWORD));
  const stage: Stage = { processes, desk, random, seed, msPerRow: { run: 1.1, undo: 1.4, retry: 10 } };

  const all: Finding[] = [];
  let [kills, passed] = [0, 0];
  const deck: Phase[] = [];
  for (let round = 1; round <= rounds; round++) {
    if (deck.length === 0) deck.push(...random.shuffled(PHASES));
    const plan = planRound(round, deck.pop() ?? 'run', random);
    const result = await attempt(plan, stage);
    all.push(...result.findings);
    kills += result.kills.length;
    if (result.isPassed) passed++;
  }
  console.log(`\nrounds ${rounds}, kills ${kills}, seed ${seed}`);
  console.log(KINDS.map((kind) => `${kind} ${countOf(all, kind)}`).join(', '));
  return { passed, failed: rounds - passed };
}

async function attempt(plan: RoundPlan, stage: Stage) {
  const startedAt = performance.now();
  const about = `round ${String(plan.round).padStart(2)}  ${plan.phase.padEnd(6)}  ${plan.rows} rows, ${plan.courses} courses, ${plan.hasSecond ? '2 processes' : '1 process'}`;
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  try {
    const result = await playRound(plan, stage);
    console.log(
      `${about}: ${killsText(plan, result)} -> ${result.outcome} (${seconds()}, ${result.samples} samples)`,
    );
    for (const { text } of result.findings) console.log(`    ${text}`);
    return { ...result, isPassed: result.findings.length === 0 };
  } catch (thrown) {
    console.log(
      `${about}: did not end after ${seconds()}: ${thrown instanceof Error ? thrown.stack : thrown}`,
    );
    return { kills: [], findings: [], isPassed: false };
  }
}

function killsText({ phase }: RoundPlan, { kills }: RoundResult): string {
  return kills
    .map(({ name, afterMs, wasOver }, position) =>
      position === 0
        ? `killed ${name} ${afterMs} ms into ${phase}${wasOver ? ' (at its end)' : ''}`
        : `and ${name} ${afterMs} ms after the restart`,
    )
    .join(', ');
}
