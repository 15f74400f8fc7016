import { expect, it } from 'vitest';
import { listEventsOfBatch } from '@/lib/server/audit-log/list-events-of-batch';
import { pauseBatch } from '@/lib/server/batches/pause-batch';
import { resumeBatch } from '@/lib/server/batches/resume-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { newRequestId } from '@/lib/server/request-id';
import { planActor } from '@/lib/server/rollbacks/plan-actor';
import { runRollback } from '@/lib/server/rollbacks/run-rollback';
import type { Actor } from '@/lib/shared/session';
import { batchOf, expireLease } from '@/tests/support/batches';
import { aBusyDay, aWorld, createAs, type World } from '@/tests/support/deeds';
import { anInstructor, courseItem, eventsOf } from '@/tests/support/factories';
import { beforeCall, failCalls } from '@/tests/support/faults';

const DELETION = { command: 'TransactWriteItems', includes: 'DELETE_ASSIGNMENT' };

const anAdmin = async (): Promise<Actor> => ({ ...(await anInstructor()), role: 'admin' });

async function run({ ada, from }: World, actor: Actor): Promise<string> {
  const input = { kind: 'actor' as const, actor: ada.id, from, to: new Date().toISOString() };
  const answer = await runRollback(
    { ...input, reason: 'Account was stolen' },
    { actor, requestId: newRequestId() },
  );
  return answer.result === 'batch' ? answer.batchId : '';
}

const look = (batchId: string) =>
  lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });

async function numbersOf(batchId: string) {
  const { state, rows, succeeded, skipped, failed, waiting } = await batchOf(batchId);
  return { state, rows, succeeded, skipped, failed, waiting };
}

async function aDayOfCreates(count: number) {
  const world = await aWorld();
  const ids = await Promise.all(Array.from({ length: count }, () => createAs(world.ada, world.courseId)));
  return { world, ids };
}

it('runs as a batch with its reason, whose numbers are those of the plan', async () => {
  const world = await aWorld();
  await aBusyDay(world);
  const plan = await planActor(
    { actor: world.ada.id, from: world.from, to: new Date().toISOString() },
    newRequestId(),
  );
  const admin = await anAdmin();

  const batchId = await run(world, admin);
  await look(batchId);

  expect(plan.will.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect(await numbersOf(batchId)).toEqual({
    ...{ state: 'done', rows: 5, succeeded: 4, skipped: 1, failed: 0, waiting: 0 },
  });
  expect(await batchOf(batchId)).toMatchObject({ kind: 'rollback', reason: 'Account was stolen' });
  const { items } = await listEventsOfBatch(batchId, { limit: 10, requestId: newRequestId() });
  expect(items.map(({ action }) => action)).toContain('ROLL_BACK');
});

it('does no harm when it is run twice: the second one skips everything', async () => {
  const { world } = await aDayOfCreates(6);
  const admin = await anAdmin();
  const first = await run(world, admin);
  const second = await run(world, admin);

  await Promise.all([look(first), look(second)]);

  const [one, two] = await Promise.all([numbersOf(first), numbersOf(second)]);
  expect(one.succeeded + two.succeeded).toBe(6);
  expect(one.skipped + two.skipped).toBe(6);
  expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 0 });
});

it('is finished by another process where its own was killed in the middle, each step once', async () => {
  const { world, ids } = await aDayOfCreates(12);
  const batchId = await run(world, await anAdmin());
  beforeCall(
    async () => {
      await expireLease(batchId);
      await look(batchId);
    },
    { ...DELETION, includes: ids[5] ?? '' },
  );

  await look(batchId);

  expect(await numbersOf(batchId)).toMatchObject({ state: 'done', succeeded: 12, waiting: 0 });
  expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 0 });
  for (const id of ids) expect(await eventsOf(id)).toHaveLength(2);
});

it('waits while the audit table refuses, and goes on by itself when it is back', async () => {
  const { world } = await aDayOfCreates(4);
  const batchId = await run(world, await anAdmin());
  const recover = failCalls('ResourceNotFoundException', DELETION);
  await look(batchId);
  expect(await batchOf(batchId)).toMatchObject({ state: 'running', problem: { code: 'RESOURCE_NOT_FOUND' } });
  recover();

  await look(batchId);

  expect(await numbersOf(batchId)).toMatchObject({ state: 'done', succeeded: 4 });
});

it('can be paused before it begins, and goes on when it is resumed', async () => {
  const { world } = await aDayOfCreates(3);
  const admin = await anAdmin();
  const batchId = await run(world, admin);
  await pauseBatch(batchId, admin, newRequestId());
  await look(batchId);
  expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 3 });

  await resumeBatch(batchId, admin, newRequestId());
  await look(batchId);

  expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 0 });
});
