import { createCourse } from '@/lib/server/courses/create-course';
import { env } from '@/lib/server/env';
import { acceptUnderFire, uploadWhole } from '@/tests/crash/accept-under-fire';
import { type BatchFile, makeBatchFile } from '@/tests/crash/batch-file';
import { checkBatch } from '@/tests/crash/check-batch';
import { checkRetry } from '@/tests/crash/check-retry';
import type { Desk } from '@/tests/crash/desk';
import { failRows } from '@/tests/crash/fail-rows';
import type { Finding } from '@/tests/crash/findings';
import { type Kill, killDuring } from '@/tests/crash/kill-during';
import type { Processes } from '@/tests/crash/processes';
import { rawAssignments, rawItem } from '@/tests/crash/raw-tables';
import type { RoundPlan } from '@/tests/crash/round-plan';
import { waitUntil } from '@/tests/crash/wait-until';
import { watchEquation } from '@/tests/crash/watch-equation';
import type { Random } from '@/tests/support/random';

/** What the rounds share. `msPerRow` is how long a row takes here, learned as rounds go by. */
export type Stage = {
  processes: Processes;
  desk: Desk;
  random: Random;
  seed: number;
  msPerRow: { run: number; undo: number; retry: number };
};

export type RoundResult = { kills: Kill[]; findings: Finding[]; samples: number; outcome: string };

type Round = Stage & { plan: RoundPlan; file: BatchFile };

/** How soon after pressing Cancel a process is killed, at most. */
const CANCEL_MS = 700;

/** Plays a round to its end and checks everything about its batch. */
export async function playRound(plan: RoundPlan, stage: Stage): Promise<RoundResult> {
  const file = makeBatchFile(plan, `${stage.seed}-${plan.round}`, stage.random);
  for (const courseId of file.courseIds) await createCourse(courseOf(courseId));
  await stage.processes.start('A');
  if (plan.hasSecond) await stage.processes.start('B');
  else await stage.processes.kill('B');

  const endWatch = watchEquation();
  const played = await play({ ...stage, plan, file }).finally(endWatch);
  const { samples, findings } = await endWatch();
  const { batchId, kills, edited } = played;
  const { state, created, rejected, failed } = await stage.desk.read(batchId);
  return {
    kills,
    samples,
    findings: [...played.findings, ...findings, ...(await checkBatch({ batchId, file, edited }))],
    outcome: `${played.cut > 0 ? 'cut, uploaded again, ' : ''}${state}: created ${created}, rejected ${rejected}, failed ${failed}`,
  };
}

function courseOf(courseId: string) {
  const where = { department: 'STEM', timeZone: 'Europe/London', startsOn: '2030-02-01' };
  return { courseId, title: `Crash course ${courseId}`, ...where };
}

type Played = {
  batchId: string;
  kills: Kill[];
  findings: Finding[];
  cut: number;
  edited: Map<number, string>;
};

async function play(round: Round): Promise<Played> {
  const { plan, file, processes, desk } = round;
  const quiet = { findings: [], cut: 0, kills: [], edited: new Map<number, string>() };
  if (plan.phase === 'accept') {
    const accepted = await acceptUnderFire({ plan, file, processes, desk });
    await runQuietly(accepted.batchId, round);
    return { ...quiet, ...accepted };
  }
  const batchId = await uploadWhole(file, { url: processes.urlOf('A'), cookie: desk.cookie });
  if (plan.phase === 'run') return { ...quiet, batchId, kills: await runUnderFire(batchId, round) };
  if (plan.phase === 'retry') return { ...quiet, batchId, ...(await retryUnderFire(batchId, round)) };
  if (plan.phase === 'cancel') return { ...quiet, batchId, kills: await cancelUnderFire(batchId, round) };
  await runQuietly(batchId, round);
  const edited = await editSome(batchId, round);
  return { ...quiet, batchId, edited, kills: await undoUnderFire(batchId, round) };
}

async function runQuietly(batchId: string, { plan, desk, msPerRow }: Round): Promise<void> {
  await desk.press('start', batchId);
  const startedAt = performance.now();
  await waitUntil(`batch ${batchId} ends`, async () => ((await isEnded(batchId)) ? true : undefined));
  msPerRow.run = (performance.now() - startedAt) / plan.rows;
}

async function runUnderFire(batchId: string, { plan, processes, desk, msPerRow }: Round): Promise<Kill[]> {
  await desk.press('start', batchId);
  const isOver = () => isEnded(batchId);
  const kills = await killDuring({ plan, processes, lengthMs: plan.rows * msPerRow.run, isOver });
  msPerRow.run = learned(kills[0], plan, msPerRow.run);
  await waitUntil(`batch ${batchId} ends`, async () => ((await isOver()) ? true : undefined));
  return kills;
}

/** A phase that was over before the kill came takes less time than was thought. */
function learned(kill: Kill | undefined, { rows }: RoundPlan, msPerRow: number): number {
  return kill?.wasOver ? (0.9 * kill.afterMs) / rows : msPerRow;
}

async function cancelUnderFire(batchId: string, { plan, processes, desk, msPerRow }: Round): Promise<Kill[]> {
  await desk.press('start', batchId);
  const isOver = () => isEnded(batchId);
  const pressAfterMs = plan.cancelMoment * plan.rows * msPerRow.run;
  await new Promise((resolve) => setTimeout(resolve, pressAfterMs));
  const pressed = desk.press('cancel', batchId);
  const kills = await killDuring({ plan, processes, lengthMs: CANCEL_MS, isOver });
  await pressed;
  await waitUntil(`batch ${batchId} ends`, async () => ((await isOver()) ? true : undefined));
  return kills;
}

async function undoUnderFire(batchId: string, { plan, processes, desk, msPerRow }: Round): Promise<Kill[]> {
  await desk.press('undo', batchId);
  const isOver = async () => (await stateOf(batchId)) === 'undone';
  const kills = await killDuring({ plan, processes, lengthMs: plan.rows * msPerRow.undo, isOver });
  msPerRow.undo = learned(kills[0], plan, msPerRow.undo);
  await waitUntil(`batch ${batchId} is undone`, async () => ((await isOver()) ? true : undefined));
  return kills;
}

/** Every row has failed and is retried with the others, while processes are killed. */
async function retryUnderFire(batchId: string, { plan, file, processes, desk, msPerRow }: Round) {
  await failRows(batchId);
  const bulkId = await desk.retryAll(batchId);
  const isOver = () => isEnded(bulkId);
  const kills = await killDuring({ plan, processes, lengthMs: plan.rows * msPerRow.retry, isOver });
  msPerRow.retry = learned(kills[0], plan, msPerRow.retry);
  await waitUntil(`bulk retry ${bulkId} ends`, async () => ((await isOver()) ? true : undefined));
  await untilSettled(batchId, file.valid.size);
  return { kills, findings: await checkRetry(bulkId, batchId, file.valid.size) };
}

/** Counters follow a retry; where they do not, the check says so. */
async function untilSettled(batchId: string, rows: number): Promise<void> {
  const isSettled = async () => {
    const meta = await rawItem(env.BATCHES_TABLE, { batchId, part: 'META' });
    const own = (await rawAssignments()).filter((item) => item.batchId === batchId);
    return meta?.created === rows && own.every(({ pendingSince }) => pendingSince === undefined);
  };
  const settled = waitUntil('settling', async () => ((await isSettled()) ? true : undefined), 60_000);
  await settled.catch(() => undefined);
}

/** A person edits some of the created assignments: an undo must leave those alone. */
async function editSome(batchId: string, { plan, random, desk }: Round): Promise<Map<number, string>> {
  const created = (await rawAssignments()).filter((item) => item.batchId === batchId);
  const edited = new Map<number, string>();
  for (const { assignmentId, rowNumber } of random.shuffled(created).slice(0, plan.edits)) {
    const title = `Edited by a person, row ${rowNumber}`;
    await desk.rename(String(assignmentId), title);
    edited.set(Number(rowNumber), title);
  }
  return edited;
}

async function stateOf(batchId: string): Promise<unknown> {
  return (await rawItem(env.BATCHES_TABLE, { batchId, part: 'META' }))?.state;
}

async function isEnded(batchId: string): Promise<boolean> {
  const meta = await rawItem(env.BATCHES_TABLE, { batchId, part: 'META' });
  const state = meta?.state;
  return state === 'done' || state === 'done_with_failures' || state === 'cancelled';
}
