import { describe, expect, it } from 'vitest';
import { toBatchItem } from '@/lib/server/batches/batch-item';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { listTargets } from '@/lib/server/rollbacks/list-targets';
import { planActor } from '@/lib/server/rollbacks/plan-actor';
import { rollBackTargets } from '@/lib/server/rollbacks/roll-back-targets';
import { touchedAssignments } from '@/lib/server/rollbacks/touched-assignments';
import type { TargetResult } from '@/lib/shared/batch';
import { CANNOT, type RollbackTarget } from '@/lib/shared/rollback';
import { aReadyBatch, batchOf, runBatch } from '@/tests/support/batches';
import { aBusyDay, aWorld, createAs, editAs, type World } from '@/tests/support/deeds';
import { assignmentItem, courseItem, eventsOf, userItem } from '@/tests/support/factories';
import { beforeCall, failCalls, loseAnswers } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';

const TRANSACTION = { command: 'TransactWriteItems' };
const DELETION = { ...TRANSACTION, includes: 'DELETE_ASSIGNMENT' };

const deedsOfAda = ({ ada, from }: World) => ({ actorId: ada.id, from, to: new Date().toISOString() });

const inputOf = ({ ada, from }: World) => ({ actor: ada.id, from, to: '2199-01-01T00:00:00.000Z' });

/** A rollback of Ada's deeds as its batch goes over them; `again` does the same once more, as after a killed process. */
async function aRollback(world: World) {
  const requestId = newRequestId();
  const deeds = deedsOfAda(world);
  const { batchId } = await aReadyBatch({ chunks: [1] });
  const batch = toBatchItem({
    ...(await batchOf(batchId)),
    ...{ kind: 'rollback', requestId, reason: 'Wrong file', settings: deeds },
    createdBy: { id: 'user_admin', role: 'admin', department: 'IT', name: 'Eve' },
  });
  const targets: string[] = [];
  for await (const some of touchedAssignments(deeds, requestId)) targets.push(...some);
  const run = () => rollBackTargets(targets, { batch, requestId, mayGoOn: () => true });
  return { targets, run, batch };
}

const rollBack = async (world: World) => (await aRollback(world)).run();

const outcomesOf = (results: TargetResult[]) =>
  Object.fromEntries(results.map(({ target, outcome, code }) => [target, code ?? outcome]));

const actionsOf = async (assignmentId: string) => (await eventsOf(assignmentId)).map(({ action }) => action);

async function allTargets(world: World, limit: number) {
  const pages: RollbackTarget[][] = [];
  let cursor: string | undefined;
  do {
    const page = await listTargets({ ...inputOf(world), limit, cursor }, newRequestId());
    pages.push(page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return pages;
}

describe('a plan for everything that somebody did', () => {
  it('counts what will happen and what cannot be undone, with the reasons', async () => {
    const world = await aWorld();
    await aBusyDay(world);

    const plan = await planActor(inputOf(world), newRequestId());

    expect(Object.fromEntries(plan.will.map(({ step, count }) => [step, count]))).toEqual({
      delete: 1,
      set_back: 1,
      restore: 1,
      archive: 1,
    });
    expect(plan.cannot).toEqual([{ reason: CANNOT.changed_since, count: 1 }]);
    expect(plan).toMatchObject({
      person: { id: world.ada.id },
      assignments: 5,
      isComplete: true,
      blocked: null,
    });
  });

  it('names imports with their own undo, and leaves their rows to it', async () => {
    const world = await aWorld();
    const batch = await aReadyBatch({ chunks: [3] });
    await runBatch(batch);

    const plan = await planActor(
      { ...inputOf(world), actor: batch.actor.id, from: new Date(Date.now() - 60_000).toISOString() },
      newRequestId(),
    );

    expect(plan.batches).toEqual([expect.objectContaining({ batchId: batch.batchId, created: 3 })]);
    expect(plan).toMatchObject({ will: [], blocked: 'There is nothing to take back' });
  });

  it('is refused for a person whom nobody knows', async () => {
    const world = await aWorld();

    await expect(
      planActor({ ...inputOf(world), actor: 'nobody@example.edu' }, newRequestId()),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lists every assignment once over its pages, last change first', async () => {
    const world = await aWorld();
    const ids = await Promise.all(Array.from({ length: 9 }, () => createAs(world.ada, world.courseId)));
    for (const id of ids.slice(0, 4)) await editAs(world.ada, id, 1, { points: 1 });

    const pages = await allTargets(world, 2);

    const listed = pages.flat();
    expect(listed.map(({ assignmentId }) => assignmentId).sort()).toEqual([...ids].sort());
    expect(listed.map(({ changedAt }) => changedAt)).toEqual(
      listed
        .map(({ changedAt }) => changedAt)
        .sort()
        .reverse(),
    );
    expect(pages.every((page) => page.length <= 2)).toBe(true);
  });

  it('shows field by field what is set back', async () => {
    const world = await aWorld();
    const id = await createAs(world.bob, world.courseId);
    await editAs(world.ada, id, 1, { title: 'By Ada' });

    const [page] = await allTargets(world, 10);

    expect(page).toEqual([
      expect.objectContaining({
        assignmentId: id,
        step: 'set_back',
        changes: [{ field: 'title', now: 'By Ada', before: 'As created' }],
      }),
    ]);
  });
});

describe('a rollback of everything that somebody did', () => {
  it('takes back what is still as they left it, and leaves the rest', async () => {
    const world = await aWorld();
    const day = await aBusyDay(world);

    const results = await rollBack(world);

    expect(outcomesOf(results)).toEqual({
      [day.created]: 'succeeded',
      [day.edited]: 'succeeded',
      [day.archived]: 'succeeded',
      [day.restored]: 'succeeded',
      [day.overtaken]: 'CHANGED_SINCE',
    });
    expect(await assignmentItem(day.created)).toBeUndefined();
    expect(await assignmentItem(day.edited)).toMatchObject({
      title: 'As created',
      points: aNewAssignment().points,
    });
    expect(await assignmentItem(day.archived)).toMatchObject({ status: 'published' });
    expect(await assignmentItem(day.restored)).toMatchObject({ status: 'archived' });
    expect(await assignmentItem(day.overtaken)).toMatchObject({ title: 'By Bob' });
    expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 4 });
    expect(await userItem(world.ada.id)).toMatchObject({ assignmentsCreated: 0 });
    expect(await actionsOf(day.created)).toEqual(['CREATE_ASSIGNMENT', 'DELETE_ASSIGNMENT']);
    expect((await eventsOf(day.edited)).at(-1)).toMatchObject({
      action: 'UPDATE_ASSIGNMENT',
      actor: { id: 'user_admin' },
    });
  });

  it('does the same as the plan said', async () => {
    const world = await aWorld();
    await aBusyDay(world);
    const { will } = await planActor(inputOf(world), newRequestId());

    const results = await rollBack(world);

    const succeeded = results.filter(({ outcome }) => outcome === 'succeeded');
    expect(succeeded).toHaveLength(will.reduce((sum, { count }) => sum + count, 0));
  });

  it('changes nothing when it is run twice: neither again by its batch nor by another one', async () => {
    const world = await aWorld();
    const day = await aBusyDay(world);
    const first = await aRollback(world);
    const results = await first.run();
    const after = await Promise.all(Object.values(day).map(assignmentItem));

    const again = await first.run();
    const another = await rollBack(world);

    expect(outcomesOf(again)).toEqual(outcomesOf(results));
    expect(another.every(({ outcome }) => outcome === 'skipped')).toBe(true);
    expect(await Promise.all(Object.values(day).map(assignmentItem))).toEqual(after);
    expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 4 });
  });
});

describe('a rollback on a bad day', () => {
  it('goes on where a killed process stopped, and says the same of what was done', async () => {
    const world = await aWorld();
    const ids = await Promise.all(Array.from({ length: 12 }, () => createAs(world.ada, world.courseId)));
    const { run } = await aRollback(world);
    const recover = failCalls('ResourceNotFoundException', { ...DELETION, includes: ids[3] ?? '' });
    await expect(run()).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    recover();

    const results = await run();

    expect(results.map(({ outcome }) => outcome)).toEqual(Array(12).fill('succeeded'));
    expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 0 });
    expect(await actionsOf(ids[0] ?? '')).toEqual(['CREATE_ASSIGNMENT', 'DELETE_ASSIGNMENT']);
  });

  it('counts nothing twice when answers are lost', async () => {
    const world = await aWorld();
    const created = await createAs(world.ada, world.courseId);
    const edited = await createAs(world.bob, world.courseId);
    await editAs(world.ada, edited, 1, { title: 'By Ada' });
    loseAnswers({ ...TRANSACTION, times: 2 });

    const results = await rollBack(world);

    expect(outcomesOf(results)).toEqual({ [created]: 'succeeded', [edited]: 'succeeded' });
    expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 1 });
    expect(await assignmentItem(edited)).toMatchObject({ title: 'As created', version: 3 });
    expect(await actionsOf(edited)).toEqual(['CREATE_ASSIGNMENT', 'UPDATE_ASSIGNMENT', 'UPDATE_ASSIGNMENT']);
  });

  it.each(['deletes', 'sets back'])(
    'keeps a change that somebody makes at the moment it %s',
    async (what) => {
      const world = await aWorld();
      const isDeletion = what === 'deletes';
      const id = await createAs(isDeletion ? world.ada : world.bob, world.courseId);
      if (!isDeletion) await editAs(world.ada, id, 1, { points: 5 });
      const version = isDeletion ? 1 : 2;
      beforeCall(() => editAs(world.bob, id, version, { title: 'By Bob' }), {
        ...TRANSACTION,
        includes: 'user_admin',
      });

      const results = await rollBack(world);

      expect(outcomesOf(results)).toEqual({ [id]: 'CHANGED_SINCE' });
      expect(await assignmentItem(id)).toMatchObject({ title: 'By Bob' });
      expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 1 });
    },
  );

  it('deletes nothing while the audit table refuses', async () => {
    const world = await aWorld();
    const created = await createAs(world.ada, world.courseId);
    const { run } = await aRollback(world);
    const recover = failCalls('ResourceNotFoundException', { ...TRANSACTION, table: env.AUDIT_TABLE });

    await expect(run()).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });

    recover();
    expect(await assignmentItem(created)).toBeDefined();
    expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it('knows its own work while its event is still to be written', async () => {
    const world = await aWorld();
    const edited = await createAs(world.bob, world.courseId);
    await editAs(world.ada, edited, 1, { title: 'By Ada' });
    const { run } = await aRollback(world);
    const recover = failCalls('ResourceNotFoundException', { ...TRANSACTION, table: env.AUDIT_TABLE });
    await run();
    recover();

    const results = await run();

    expect(outcomesOf(results)).toEqual({ [edited]: 'succeeded' });
    expect(await assignmentItem(edited)).toMatchObject({ title: 'As created', version: 3 });
  });

  it('does not reach further than the time that was named', async () => {
    const world = await aWorld();
    const id = await createAs(world.bob, world.courseId);
    await editAs(world.ada, id, 1, { title: 'By Ada' });
    const { run } = await aRollback(world);
    await new Promise((resolve) => setTimeout(resolve, 2));
    await editAs(world.ada, id, 2, { title: 'Better' });

    const results = await run();

    expect(outcomesOf(results)).toEqual({ [id]: 'CHANGED_LATER' });
    expect(await assignmentItem(id)).toMatchObject({ title: 'Better' });
  });

  it('stops between two assignments when it may not go on', async () => {
    const world = await aWorld();
    await createAs(world.ada, world.courseId);
    const { targets, batch } = await aRollback(world);

    const results = await rollBackTargets(targets, {
      batch,
      requestId: newRequestId(),
      mayGoOn: () => false,
    });

    expect(results).toEqual([]);
    expect(await courseItem(world.courseId)).toMatchObject({ assignmentCount: 1 });
  });
});
