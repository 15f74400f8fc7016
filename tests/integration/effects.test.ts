import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { applyEffects, effectsApplied } from '@/lib/server/assignments/apply-effects';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { settleEffects } from '@/lib/server/assignments/settle-effects';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { updateCourseAssignmentCount } from '@/lib/server/assignments/update-course-assignment-count';
import { updateInstructorStats } from '@/lib/server/assignments/update-instructor-stats';
import { createAuditLog } from '@/lib/server/audit-log/create-audit-log';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { EFFECTS } from '@/lib/shared/assignment';
import {
  aCourse,
  anAssignment,
  anInstructor,
  assignmentItem,
  assignmentsOf,
  courseItem,
  eventsOf,
  userItem,
} from '@/tests/support/factories';
import { canceled, failCalls, failSome, loseAnswers, recordedCalls } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';
import { aNewAssignment } from '@/tests/support/new-assignment';

const command = 'TransactWriteItems';
const requestId = 'req_1_effects';
const LATER = '9999-01-01T00:00:00.000Z';

async function create(courseId: string, author: Awaited<ReturnType<typeof anInstructor>>) {
  return createAssignment(aNewAssignment({ courseId }), author, { requestId: newRequestId() });
}

/** A create whose process was killed before it applied the effects. */
async function leftBehind() {
  const courseId = await aCourse();
  const author = await anInstructor([courseId]);
  const recover = failCalls('TimeoutError', { command, table: env.COURSES_TABLE });
  const recoverUsers = failCalls('TimeoutError', { command, table: env.USERS_TABLE });
  const { assignmentId } = await create(courseId, author);
  await effectsApplied();
  recover();
  recoverUsers();
  return { courseId, author, assignmentId };
}

async function aCourseLastUsedAt(lastAssignmentAt: string) {
  const courseId = await aCourse();
  const Item = { ...(await courseItem(courseId)), lastAssignmentAt };
  await documentClient.send(new PutCommand({ TableName: env.COURSES_TABLE, Item }));
  return courseId;
}

async function pendingOf(assignmentId: string) {
  return toPendingAssignment((await assignmentItem(assignmentId)) ?? {});
}

describe('many creates in one course', () => {
  it('all succeed and are counted exactly, while a third of the transactions meets a conflict', async () => {
    const courseId = await aCourse();
    const author = await anInstructor([courseId]);
    failSome(() => canceled('TransactionConflict', 'None', 'None'), 1 / 3, { command });

    await Promise.all(Array.from({ length: 200 }, () => create(courseId, author)));
    await effectsApplied();
    // What met four conflicts in a row is the sweeper's.
    while ((await sweepEffects(LATER, requestId)) > 0) await effectsApplied();

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 200 });
    expect(await userItem(author.id)).toMatchObject({ assignmentsCreated: 200 });
    expect(await assignmentsOf(courseId)).toHaveLength(200);
  });

  it('changes the counter once for all that wait together', async () => {
    const courseId = await aCourse();
    const author = await anInstructor([courseId]);
    const recover = failCalls('TimeoutError', { command, table: env.COURSES_TABLE });
    const created = await Promise.all(Array.from({ length: 60 }, () => create(courseId, author)));
    await effectsApplied();
    recover();
    const before = recordedCalls().length;
    const pending = await Promise.all(created.map(({ assignmentId }) => pendingOf(assignmentId)));

    await applyEffects(pending, requestId);

    const transactions = recordedCalls()
      .slice(before)
      .filter((call) => call.command === command);
    expect(transactions).toHaveLength(1);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 60 });
  });
});

describe('effects that a killed process left', () => {
  it('are found and applied once by the sweeper', async () => {
    const { courseId, author, assignmentId } = await leftBehind();
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 0 });

    expect(await sweepEffects(LATER, requestId)).toBe(1);
    expect(await sweepEffects(LATER, requestId)).toBe(0);

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect(await userItem(author.id)).toMatchObject({ assignmentsCreated: 1 });
    expect(await assignmentItem(assignmentId)).not.toHaveProperty('pendingEffects');
  });

  it('are applied once by ten sweepers at the same moment', async () => {
    const { courseId, author, assignmentId } = await leftBehind();
    const pending = await pendingOf(assignmentId);

    await Promise.all(Array.from({ length: 10 }, () => settleEffects([pending], EFFECTS, requestId)));

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect(await userItem(author.id)).toMatchObject({ assignmentsCreated: 1 });
  });

  it('are applied once when the answer is lost after they landed', async () => {
    const { courseId, assignmentId } = await leftBehind();
    loseAnswers({ command });
    const pending = await pendingOf(assignmentId);

    await applyEffects([pending], requestId);

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it('are left alone while they are young', async () => {
    const { courseId } = await leftBehind();

    expect(await sweepEffects('2020-01-01T00:00:00.000Z', requestId)).toBe(0);

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 0 });
    await sweepEffects(LATER, requestId);
  });
});

describe('effects that are applied late', () => {
  it('are counted without setting the time of last addition back', async () => {
    const courseId = await aCourseLastUsedAt(LATER);
    const author = await anInstructor([courseId]);

    const { assignmentId } = await create(courseId, author);
    await effectsApplied();

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1, lastAssignmentAt: LATER });
    expect(await assignmentItem(assignmentId)).not.toHaveProperty('pendingEffects');
  });

  it('write also the event that was added after they were read', async () => {
    const courseId = await aCourse();
    const author = await anInstructor([courseId]);
    const recover = failCalls('ResourceNotFoundException', { command, table: env.AUDIT_TABLE });
    const { assignmentId } = await create(courseId, author);
    await effectsApplied();
    const read = await pendingOf(assignmentId);
    const edit = { actor: author, requestId: newRequestId(), version: 1, changes: { title: 'Edited since' } };
    await updateAssignment(assignmentId, edit);
    recover();

    await settleEffects([read], EFFECTS, requestId);

    const actions = (await eventsOf(assignmentId)).map(({ action }) => action);
    expect(actions).toEqual(['CREATE_ASSIGNMENT', 'UPDATE_ASSIGNMENT']);
    expect(await assignmentItem(assignmentId)).not.toHaveProperty('pendingEvents');
  });
});

describe('a table that refuses', () => {
  it('does not hold back the other counter: users down, course counted; users back, both right', async () => {
    const courseId = await aCourse();
    const author = await anInstructor([courseId]);
    const recover = failCalls('ResourceNotFoundException', { command, table: env.USERS_TABLE });

    const { assignmentId } = await create(courseId, author);
    await effectsApplied();

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect((await pendingOf(assignmentId)).pendingEffects).toEqual(new Set(['instructor']));
    recover();
    await sweepEffects(LATER, requestId);
    expect(await userItem(author.id)).toMatchObject({ assignmentsCreated: 1 });
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it.each([
    [
      'is missing',
      () => Object.assign(new Error('Requested resource not found'), { name: 'ResourceNotFoundException' }),
    ],
    ['denies access', () => Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' })],
    ['throttles', () => canceled('None', 'ThrottlingError')],
  ])(
    'creates the assignment while the audit table %s, and writes its one event when it returns',
    async (_, error) => {
      const courseId = await aCourse();
      const author = await anInstructor([courseId]);
      const recover = failCalls(error(), { command, table: env.AUDIT_TABLE });

      const { assignmentId } = await create(courseId, author);
      await effectsApplied();

      expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
      expect((await pendingOf(assignmentId)).pendingEffects).toEqual(new Set(['audit']));
      expect(await eventsOf(assignmentId)).toEqual([]);
      recover();
      await sweepEffects(LATER, requestId);
      await sweepEffects(LATER, requestId);
      expect(await eventsOf(assignmentId)).toEqual([
        expect.objectContaining({ action: 'CREATE_ASSIGNMENT' }),
      ]);
      expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
      expect(await assignmentItem(assignmentId)).not.toHaveProperty('pendingEvents');
    },
  );

  it('skips a course that does not exist instead of holding its assignments forever', async () => {
    const author = await anInstructor();

    const { assignmentId } = await create('NO-SUCH-COURSE', author);
    await effectsApplied();

    expect(await assignmentItem(assignmentId)).not.toHaveProperty('pendingEffects');
    expect(await userItem(author.id)).toMatchObject({ assignmentsCreated: 1 });
    expect(await courseItem('NO-SUCH-COURSE')).toBeUndefined();
  });
});

describe('the functions of S2, S3 and S4 by themselves', () => {
  it('updateCourseAssignmentCount adds one and sets the time', async () => {
    const courseId = await aCourse();

    expect(await updateCourseAssignmentCount(courseId, requestId)).toBe(true);

    expect(await courseItem(courseId)).toMatchObject({
      assignmentCount: 1,
      lastAssignmentAt: expect.any(String),
    });
  });

  it('updateCourseAssignmentCount adds one and keeps a later time that is stored', async () => {
    const courseId = await aCourseLastUsedAt(LATER);

    expect(await updateCourseAssignmentCount(courseId, requestId)).toBe(true);

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1, lastAssignmentAt: LATER });
  });

  it('updateInstructorStats starts at zero for a first-time instructor', async () => {
    const { id } = await anInstructor();

    expect(await updateInstructorStats(id, requestId)).toBe(true);
    expect(await updateInstructorStats(id, requestId)).toBe(true);

    expect(await userItem(id)).toMatchObject({ assignmentsCreated: 2, lastAssignmentAt: expect.any(String) });
  });

  it('both answer false, and never throw, for a missing course or instructor and for a refusal', async () => {
    expect(await updateCourseAssignmentCount('NO-SUCH-COURSE', requestId)).toBe(false);
    expect(await updateInstructorStats('nobody', requestId)).toBe(false);
    failCalls('ThrottlingException');
    expect(await updateCourseAssignmentCount('AAA-2013J', requestId)).toBe(false);
    expect(await userItem('nobody').catch(() => 'throttled')).toBe('throttled');
  });

  it('createAuditLog leaves one event however often it is called', async () => {
    const assignment = anAssignment();

    expect(await createAuditLog(assignment, assignment.requestId)).toBe(true);
    expect(await createAuditLog(assignment, assignment.requestId)).toBe(true);

    expect(await eventsOf(assignment.assignmentId)).toHaveLength(1);
  });

  it('createAuditLog answers false, and never throws, when the table refuses', async () => {
    expectErrorLogs();
    failCalls('ResourceNotFoundException', { table: env.AUDIT_TABLE });

    expect(await createAuditLog(anAssignment(), requestId)).toBe(false);
  });
});
