import { describe, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { settleEffects } from '@/lib/server/assignments/settle-effects';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { planCreate } from '@/lib/server/rollbacks/plan-create';
import { rollBackCreate } from '@/lib/server/rollbacks/roll-back-create';
import { EFFECTS } from '@/lib/shared/assignment';
import type { CreateWay } from '@/lib/shared/rollback';
import {
  aCourse,
  anInstructor,
  assignmentItem,
  courseItem,
  eventsOf,
  userItem,
} from '@/tests/support/factories';
import { beforeCall, failCalls, loseAnswers, recordedCalls } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';

const TRANSACTION = { command: 'TransactWriteItems' };

/** A create whose effects these tables refused. */
async function aPartlyFailedCreate(...refusing: string[]) {
  const courseId = await aCourse();
  const author = await anInstructor([courseId]);
  const recover = refusing.map((table) => failCalls('ResourceNotFoundException', { ...TRANSACTION, table }));
  const { assignmentId } = await createAssignment(aNewAssignment({ courseId }), author, {
    requestId: newRequestId(),
  });
  await effectsApplied();
  for (const end of recover) end();
  return { assignmentId, courseId, author };
}

const rollBack = (assignmentId: string, way: CreateWay, requestId = newRequestId()) =>
  rollBackCreate({
    ...{ assignmentId, way, requestId, version: 1, reason: 'Created by mistake' },
    actor: { id: 'user_ops', role: 'admin', department: 'IT' },
  });

const actionsOf = async (assignmentId: string) => (await eventsOf(assignmentId)).map(({ action }) => action);

const rollbackWrites = () =>
  recordedCalls().filter(({ input }) => JSON.stringify(input).includes('pending-effects'));

describe('a create of which a part is pending', () => {
  it('is planned with what each way would do', async () => {
    const { assignmentId } = await aPartlyFailedCreate(env.USERS_TABLE);

    const apply = await planCreate({ assignmentId, way: 'apply' }, newRequestId());
    const compensate = await planCreate({ assignmentId, way: 'compensate' }, newRequestId());

    expect(apply).toMatchObject({ will: [{ step: 'apply_instructor', count: 1 }], blocked: null });
    expect(compensate).toMatchObject({
      will: [
        { step: 'delete', count: 1 },
        { step: 'count_down_course', count: 1 },
      ],
      blocked: null,
    });
  });

  it('is completed: what was missing is written once, with an event that says so', async () => {
    const { assignmentId, courseId, author } = await aPartlyFailedCreate(env.USERS_TABLE, env.COURSES_TABLE);

    const first = await rollBack(assignmentId, 'apply');
    const second = await rollBack(assignmentId, 'apply');

    expect([first, second]).toEqual([
      'What was pending has been written',
      'Nothing is pending any more: the assignment is complete',
    ]);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect(await userItem(author.id)).toMatchObject({ assignmentsCreated: 1 });
    expect(rollbackWrites()).toHaveLength(1);
  });

  it.each([
    ['instructor', () => env.USERS_TABLE],
    ['course', () => env.COURSES_TABLE],
  ] as const)(
    'is taken away while the %s is not counted: counters end where they were, and a second run finds it gone',
    async (_, refusing) => {
      const { assignmentId, courseId, author } = await aPartlyFailedCreate(refusing());

      const first = await rollBack(assignmentId, 'compensate');
      const second = await rollBack(assignmentId, 'compensate');

      expect([first, second]).toEqual([
        'The assignment was taken away',
        'The assignment was gone already: nothing was done',
      ]);
      expect(await assignmentItem(assignmentId)).toBeUndefined();
      expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 0 });
      expect((await userItem(author.id))?.assignmentsCreated ?? 0).toBe(0);
      expect(await actionsOf(assignmentId)).toEqual(['CREATE_ASSIGNMENT', 'DELETE_ASSIGNMENT']);
    },
  );

  it('leaves its creation in the audit trail also where that event was what was pending', async () => {
    const { assignmentId, courseId } = await aPartlyFailedCreate(env.AUDIT_TABLE);

    await rollBack(assignmentId, 'compensate');

    const events = await eventsOf(assignmentId);
    expect(events.map(({ action }) => action)).toEqual(['CREATE_ASSIGNMENT', 'DELETE_ASSIGNMENT']);
    expect(events[1]).toMatchObject({ reason: 'Created by mistake', actor: { id: 'user_ops' } });
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 0 });
  });

  it.each(['apply', 'compensate'] as const)(
    'is rolled back once (%s) when the answer is lost',
    async (way) => {
      const { assignmentId, courseId } = await aPartlyFailedCreate(env.USERS_TABLE);
      loseAnswers(TRANSACTION);

      await rollBack(assignmentId, way);

      expect(await courseItem(courseId)).toMatchObject({ assignmentCount: way === 'apply' ? 1 : 0 });
      expect(await actionsOf(assignmentId)).toHaveLength(way === 'apply' ? 1 : 2);
    },
  );

  it('is taken away with the right counters when the sweeper is quicker with a part of it', async () => {
    const { assignmentId, courseId, author } = await aPartlyFailedCreate(env.USERS_TABLE, env.COURSES_TABLE);
    const item = (await assignmentItem(assignmentId)) ?? {};
    beforeCall(() => settleEffects([toPendingAssignment(item)], ['course'], newRequestId()), {
      ...TRANSACTION,
      includes: 'DELETE_ASSIGNMENT',
    });

    await rollBack(assignmentId, 'compensate');

    expect(await assignmentItem(assignmentId)).toBeUndefined();
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 0 });
    expect((await userItem(author.id))?.assignmentsCreated ?? 0).toBe(0);
  });

  it('is kept when everything was written meanwhile, and the answer says so', async () => {
    const { assignmentId, courseId } = await aPartlyFailedCreate(env.USERS_TABLE);
    const item = (await assignmentItem(assignmentId)) ?? {};
    beforeCall(() => settleEffects([toPendingAssignment(item)], EFFECTS, newRequestId()), {
      ...TRANSACTION,
      includes: 'DELETE_ASSIGNMENT',
    });

    await expect(rollBack(assignmentId, 'compensate')).rejects.toMatchObject({
      code: 'CONDITIONAL_FAILED',
      message: expect.stringContaining('nothing is pending'),
    });

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it('is kept when somebody has changed it, and the answer says so', async () => {
    const { assignmentId, author } = await aPartlyFailedCreate(env.USERS_TABLE);
    const edit = { actor: author, requestId: newRequestId(), version: 1, changes: { title: 'Edited since' } };
    await updateAssignment(assignmentId, edit);

    await expect(rollBack(assignmentId, 'compensate')).rejects.toMatchObject({ code: 'CONDITIONAL_FAILED' });

    expect(await assignmentItem(assignmentId)).toMatchObject({ title: 'Edited since' });
  });

  it.each(['apply', 'compensate'] as const)(
    'stays as it is (%s) while the audit table refuses',
    async (way) => {
      const { assignmentId, courseId } = await aPartlyFailedCreate(env.USERS_TABLE);
      const recover = failCalls('ResourceNotFoundException', { ...TRANSACTION, table: env.AUDIT_TABLE });

      await expect(rollBack(assignmentId, way)).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });

      recover();
      expect(await assignmentItem(assignmentId)).toMatchObject({ pendingEffects: new Set(['instructor']) });
      expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    },
  );
});

it('plans nothing for a create that is complete, or gone', async () => {
  const { assignmentId } = await aPartlyFailedCreate();

  const complete = await planCreate({ assignmentId, way: 'compensate' }, newRequestId());
  const gone = await planCreate({ assignmentId: 'assignment_of_nobody', way: 'apply' }, newRequestId());

  expect(complete).toMatchObject({ will: [], blocked: expect.stringContaining('complete') });
  expect(gone).toMatchObject({ will: [], assignment: null, blocked: expect.stringContaining('not there') });
});
