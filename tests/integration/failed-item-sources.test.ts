import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { POST } from '@/app/api/assignments/route';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { writeIdentity } from '@/lib/server/assignments/write-identity';
import { metaKey } from '@/lib/server/batches/batch-item';
import { undoBatch } from '@/lib/server/batches/undo-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { createOrRecord } from '@/lib/server/failed-items/create-or-record';
import { createName, effectsName, undoName } from '@/lib/server/failed-items/failed-item-key';
import { recordHeldUpUndos } from '@/lib/server/failed-items/record/record-held-up-undos';
import { recordOverdueEffects } from '@/lib/server/failed-items/record/record-overdue-effects';
import { lookAfterItems } from '@/lib/server/failed-items/settle/look-after-items';
import { newRequestId } from '@/lib/server/request-id';
import { batchOf } from '@/tests/support/batches';
import {
  aCourse,
  anInstructor,
  assignmentItem,
  assignmentsOf,
  courseItem,
  eventsOf,
} from '@/tests/support/factories';
import { aBatchWithFailures, act, failedItemEventsOf, itemOf, retry } from '@/tests/support/failed-items';
import { failCalls } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';
import { aNewAssignment } from '@/tests/support/new-assignment';
import { cookieOf } from '@/tests/support/session';

const LATER = '9999-12-31T00:00:00.000Z';
const PUT_ASSIGNMENT = { table: env.ASSIGNMENTS_TABLE, includes: '"Put"' };

async function aForm(idempotencyKey = newRequestId()) {
  const courseId = await aCourse();
  const author = await anInstructor([courseId]);
  const input = aNewAssignment({ courseId });
  const form = { requestId: newRequestId(), idempotencyKey };
  const { writeToken } = writeIdentity(input, { author, ...form });
  return { courseId, author, input, form, id: createName(writeToken).id };
}

describe('a form that gives up', () => {
  it('is listed with its content, and its author is told so', async () => {
    const { author, input, form, id } = await aForm();
    failCalls('ProvisionedThroughputExceededException', PUT_ASSIGNMENT);

    await expect(createOrRecord(input, author, form)).rejects.toMatchObject({
      code: 'THROTTLING',
      failedItemId: id,
    });

    expect(await itemOf(id)).toMatchObject({
      kind: 'create',
      state: 'open',
      payload: input,
      actor: { id: author.id },
      requestId: form.requestId,
    });
  });

  it('is created by a retry of ops, in the name of its author', async () => {
    const { courseId, author, input, form, id } = await aForm();
    const isOver = failCalls('ProvisionedThroughputExceededException', PUT_ASSIGNMENT);
    await createOrRecord(input, author, form).catch(() => undefined);
    isOver();

    expect(await retry([id])).toMatchObject([{ outcome: 'succeeded' }]);

    const [assignment] = await assignmentsOf(courseId);
    expect(assignment).toMatchObject({ title: input.title, createdBy: { id: author.id } });
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect(await eventsOf(String(assignment?.assignmentId))).toMatchObject([
      { action: 'CREATE_ASSIGNMENT', actor: { id: author.id } },
    ]);
  });

  it('is written once when its author sends it again after ops have retried it', async () => {
    const { courseId, author, input, form, id } = await aForm();
    const isOver = failCalls('ProvisionedThroughputExceededException', PUT_ASSIGNMENT);
    await createOrRecord(input, author, form).catch(() => undefined);
    isOver();
    await retry([id]);

    const { assignmentId } = await createOrRecord(input, author, { ...form, requestId: newRequestId() });

    expect(await itemOf(id)).toMatchObject({ assignmentId });
    expect(await assignmentsOf(courseId)).toHaveLength(1);
  });

  it('leaves the list by itself when its author sent it again', async () => {
    const { courseId, author, input, form, id } = await aForm();
    const isOver = failCalls('ProvisionedThroughputExceededException', PUT_ASSIGNMENT);
    await createOrRecord(input, author, form).catch(() => undefined);
    isOver();
    const { assignmentId } = await createOrRecord(input, author, { ...form, requestId: newRequestId() });

    await lookAfterItems(newRequestId());

    const { state, attempts } = await itemOf(id);
    expect({ state, last: attempts.at(-1)?.outcome }).toEqual({ state: 'succeeded', last: 'landed' });
    expect(await eventsOf(assignmentId)).toHaveLength(1);
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it('is not listed where its author can mend it', async () => {
    const { author, input, form, id } = await aForm();

    await expect(createOrRecord({ ...input, courseId: 'NO-SUCH' }, author, form)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      failedItemId: undefined,
    });

    await expect(itemOf(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps its own error where it cannot be listed either', async () => {
    expectErrorLogs();
    const { author, input, form } = await aForm();
    failCalls('ProvisionedThroughputExceededException', PUT_ASSIGNMENT);
    failCalls('ResourceNotFoundException', { table: env.FAILED_ITEMS_TABLE });

    await expect(createOrRecord(input, author, form)).rejects.toMatchObject({
      code: 'THROTTLING',
      failedItemId: undefined,
    });
  });

  it('names the failed item in the answer of the API', async () => {
    expectErrorLogs();
    const courseId = await aCourse();
    const { cookie } = await cookieOf('instructor', [courseId]);
    failCalls('ProvisionedThroughputExceededException', PUT_ASSIGNMENT);

    const request = new Request('http://127.0.0.1/api/assignments', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(aNewAssignment({ courseId })),
    });
    const response = await POST(request, { params: Promise.resolve({}) });

    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      details: { failedItemId: expect.stringMatching(/^create\./) },
    });
  });
});

async function anAssignmentWithPendingCount() {
  const { courseId, author, input, form } = await aForm();
  const isOver = failCalls('ResourceNotFoundException', {
    table: env.COURSES_TABLE,
    includes: 'assignmentCount',
  });
  const { assignmentId } = await createOrRecord(input, author, form);
  await sweepEffects(LATER, newRequestId());
  return { courseId, assignmentId, isOver, id: effectsName(assignmentId).id };
}

describe('effects that stay pending', () => {
  it('are listed with their cause, and applied once by a retry', async () => {
    const { courseId, assignmentId, isOver, id } = await anAssignmentWithPendingCount();
    await recordOverdueEffects(LATER, newRequestId());
    expect(await itemOf(id)).toMatchObject({
      kind: 'effects',
      state: 'open',
      code: 'RESOURCE_NOT_FOUND',
      assignmentId,
    });

    expect(await retry([id])).toMatchObject([{ outcome: 'failed', code: 'RESOURCE_NOT_FOUND' }]);
    isOver();
    expect(await retry([id])).toMatchObject([{ outcome: 'succeeded' }]);

    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect(await assignmentItem(assignmentId)).not.toHaveProperty('pendingEffects');
  });

  it('leave the list by themselves when the sweeper has applied them', async () => {
    const { courseId, isOver, id } = await anAssignmentWithPendingCount();
    await recordOverdueEffects(LATER, newRequestId());
    isOver();
    await sweepEffects(LATER, newRequestId());

    await lookAfterItems(newRequestId());

    expect(await itemOf(id)).toMatchObject({ state: 'succeeded' });
    expect(await courseItem(courseId)).toMatchObject({ assignmentCount: 1 });
    expect(await failedItemEventsOf(id)).toHaveLength(1);
  });

  it('cannot be discarded: the counters must follow', async () => {
    const { id } = await anAssignmentWithPendingCount();
    await recordOverdueEffects(LATER, newRequestId());

    expect(await act([id], { action: 'discard', reason: 'Not needed' })).toMatchObject([
      { outcome: 'skipped' },
    ]);
  });
});

describe('an undo that is held up', () => {
  it('is listed with its cause, and a retry lets it go on', async () => {
    const batch = await aBatchWithFailures({ failed: [] });
    const isOver = failCalls('ResourceNotFoundException', { table: env.COURSES_TABLE });
    const undo = await undoBatch(batch.batchId, { actor: batch.actor, requestId: newRequestId() });
    const { id } = undoName(undo.batchId);
    await lookAfterBatch(undo.batchId, { requestId: newRequestId(), isStopping: () => false });
    await setProblemSince(undo.batchId, '2000-01-01T00:00:00.000Z');

    await recordHeldUpUndos('2020-01-01T00:00:00.000Z', newRequestId());
    expect(await itemOf(id)).toMatchObject({ kind: 'undo', state: 'open', code: 'RESOURCE_NOT_FOUND' });
    expect(await retry([id])).toMatchObject([{ outcome: 'failed' }]);
    isOver();
    expect(await retry([id])).toMatchObject([{ outcome: 'succeeded' }]);

    expect(await batchOf(undo.batchId)).toMatchObject({ state: 'done', deleted: 10 });
  });
});

async function setProblemSince(batchId: string, since: string): Promise<void> {
  await documentClient.send(
    new UpdateCommand({
      ...metaKey(batchId),
      UpdateExpression: 'SET problem.#since = :since',
      ExpressionAttributeNames: { '#since': 'since' },
      ExpressionAttributeValues: { ':since': since },
    }),
  );
}
