import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { recordEvent } from '@/lib/server/audit-log/record-event';
import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { listMappings } from '@/lib/server/batches/mappings/list-mappings';
import { saveMapping } from '@/lib/server/batches/mappings/save-mapping';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { repairDifferences } from '@/lib/server/consistency/repair/repair-differences';
import { readRunState } from '@/lib/server/consistency/run/read-run';
import { startCheck } from '@/lib/server/consistency/start-check';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { aPerson, cookieFrom, PASSWORD, signIn, signOut } from '@/tests/support/auth-calls';
import { aReadyBatch, numbersOf, segmentEventsOf } from '@/tests/support/batches';
import { aTaughtCourse, CHECKER, check, setByHand } from '@/tests/support/consistency';
import { aCourse, anInstructor, assignmentItem, assignmentsOf, courseItem } from '@/tests/support/factories';
import { aBatchWithFailures, act, itemOf, rowId } from '@/tests/support/failed-items';
import { failCalls } from '@/tests/support/faults';
import { aNewAssignment } from '@/tests/support/new-assignment';

const refuseAudit = () => failCalls('ResourceNotFoundException', { table: env.AUDIT_TABLE });

/** What a person is told. */
const REFUSAL = {
  code: 'RESOURCE_NOT_FOUND',
  message: expect.stringMatching(
    new RegExp(`^Nothing was changed: .*${env.AUDIT_TABLE}.*strict.*npm run db:setup`),
  ),
};

beforeEach(() => {
  Object.assign(env, { AUDIT_MODE: 'strict' });
});

afterEach(() => {
  Object.assign(env, { AUDIT_MODE: 'lenient' });
});

const MAPPING = { name: 'Registry', columns: ['Course', 'Title'], mapping: { fields: {}, emptyValues: [] } };

describe('in strict mode, while the audit table refuses', () => {
  it('a form is refused and nothing of it is stored', async () => {
    const courseId = await aCourse();
    const author = await anInstructor([courseId]);
    refuseAudit();

    const created = createAssignment(aNewAssignment({ courseId }), author, { requestId: newRequestId() });

    await expect(created).rejects.toMatchObject(REFUSAL);
    expect(await assignmentsOf(courseId)).toEqual([]);
  });

  it('an edit is refused and the assignment stays as it was', async () => {
    const { instructor, created } = await aTaughtCourse(1);
    const assignmentId = created[0]?.assignmentId ?? '';
    const before = await assignmentItem(assignmentId);
    refuseAudit();

    const edit = updateAssignment(assignmentId, {
      ...{ changes: { title: 'Changed' }, version: 1, actor: instructor, requestId: newRequestId() },
    });

    await expect(edit).rejects.toMatchObject(REFUSAL);
    expect(await assignmentItem(assignmentId)).toEqual(before);
  });

  it('a step of a batch is refused and the batch stays as it was', async () => {
    const { batchId, actor } = await aReadyBatch({ chunks: [2] });
    refuseAudit();

    await expect(startBatch(batchId, actor, newRequestId())).rejects.toMatchObject(REFUSAL);
    expect(await numbersOf(batchId)).toMatchObject({ state: 'ready', waiting: 2 });
  });

  it('a batch that runs waits, counts nothing, and ends whole when the table is back', async () => {
    const { batchId, actor, courseId } = await aReadyBatch({ chunks: [3] });
    await startBatch(batchId, actor, newRequestId());
    const look = () => lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });
    const isOver = refuseAudit();

    await look();
    const held = await numbersOf(batchId);
    const countedMeanwhile = await courseItem(courseId);
    isOver();
    for (let round = 0; round < 20 && (await numbersOf(batchId)).waiting > 0; round++) await look();

    expect(held).toMatchObject({ state: 'running', created: 0, waiting: 3 });
    expect(countedMeanwhile?.assignmentCount ?? 0).toBe(0);
    expect(await numbersOf(batchId)).toMatchObject({ state: 'done', created: 3, waiting: 0 });
    expect(await segmentEventsOf(batchId)).toHaveLength(3);
  });

  it('an action on a failed item does not happen', async () => {
    const id = rowId(await aBatchWithFailures({ rows: 3, failed: [3] }), 3);
    refuseAudit();

    const [outcome] = await act([id], { action: 'discard', reason: 'Not needed' });

    expect(outcome).toMatchObject({ outcome: 'failed', message: REFUSAL.message });
    expect(await itemOf(id)).toMatchObject({ state: 'open', pendingEvents: [] });
  });

  it('a repair does not happen', async () => {
    const { courseId } = await aTaughtCourse(1);
    await setByHand({ TableName: env.COURSES_TABLE, Key: { courseId } }, { assignmentCount: 7 });
    const { run } = await check();
    refuseAudit();

    const { outcomes } = await repairDifferences(
      run.runId,
      { invariant: 'course-counts', dryRun: false },
      { author: CHECKER, requestId: newRequestId() },
    );

    expect(outcomes).toMatchObject([{ outcome: 'failed', message: REFUSAL.message }]);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 7 });
  });

  it('a mapping is not saved and a check does not begin', async () => {
    refuseAudit();

    await expect(saveMapping(MAPPING, CHECKER, newRequestId())).rejects.toMatchObject(REFUSAL);
    await expect(startCheck({ trigger: 'button', startedBy: CHECKER }, newRequestId())).rejects.toMatchObject(
      REFUSAL,
    );

    expect(await listMappings(newRequestId())).toEqual([]);
    expect((await readRunState(newRequestId())).activeRunId).toBeUndefined();
  });

  it('what has no change of its own, such as an export, is refused', async () => {
    const requestId = newRequestId();
    const event = settingEvent({
      ...{ action: 'PLAN_SHARDS', name: 'lanes', changes: {}, author: CHECKER, requestId },
      time: new Date().toISOString(),
    });
    refuseAudit();

    await expect(recordEvent(event, requestId)).rejects.toMatchObject(REFUSAL);
  });

  it('people sign in and out all the same', async () => {
    const { email } = await aPerson();
    refuseAudit();

    const signedIn = await signIn({ email, password: PASSWORD });
    const wrong = await signIn({ email, password: 'wrong password!' });
    const signedOut = await signOut(cookieFrom(signedIn));

    expect([signedIn.status, wrong.status, signedOut.status]).toEqual([200, 401, 200]);
  });
});
