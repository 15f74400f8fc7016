import { randomUUID } from 'node:crypto';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { newRequestId } from '@/lib/server/request-id';
import { answerAndEnd, waitForGo } from '@/tests/bench/throttled/child';
import { contestItems } from '@/tests/bench/throttled/contest-item';
import { type PeopleResult, peopleTaskSchema } from '@/tests/bench/throttled/task';
import { withProduct } from '@/tests/bench/throttled/with-product';
import { aNewAssignment } from '@/tests/support/new-assignment';

// A process in which people create assignments, first alone and then beside a batch.

const AUTHOR = { id: 'user_bench', role: 'admin', department: 'Registry' } as const;

const { rows, idleSeconds, createsPerSecond, warmUpSeconds } = peopleTaskSchema.parse(
  JSON.parse(process.argv[2] ?? ''),
);
const items = contestItems(`people-${randomUUID().slice(0, 8)}`, rows);
const write = await withProduct();

let failed = 0;
let position = 0;

/** Creates at a steady rate, however long each takes, until it is told to stop. */
async function createUntil(isOver: () => boolean): Promise<number[]> {
  const tookMs: number[] = [];
  const running: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let at = 0; !isOver(); at++) {
    const dueAt = startedAt + (at * 1000) / createsPerSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
    running.push(createOne().then((ms) => void tookMs.push(ms)));
  }
  await Promise.all(running);
  return tookMs;
}

async function createOne(): Promise<number> {
  const startedAt = performance.now();
  position += 1;
  const input = aNewAssignment({ courseId: `BENCH-${2020 + (position % 20)}`, title: `Created ${position}` });
  await createAssignment(input, AUTHOR, { requestId: newRequestId() }).catch((thrown: unknown) => {
    if (failed === 0) console.error('  the first create that failed:', thrown);
    failed += 1;
  });
  return performance.now() - startedAt;
}

const forSeconds = (seconds: number) => {
  const until = performance.now() + seconds * 1000;
  return () => performance.now() > until;
};

await waitForGo();
await createUntil(forSeconds(warmUpSeconds));
const idle = await createUntil(forSeconds(idleSeconds));
let isBatchOver = false;
const startedAt = performance.now();
const batch = write(items).finally(() => {
  isBatchOver = true;
});
const beside = await createUntil(() => isBatchOver);
const said = await batch;
const seconds = (performance.now() - startedAt) / 1000;
answerAndEnd({ idle, beside, failed, batch: { ...said, seconds } } satisfies PeopleResult);
