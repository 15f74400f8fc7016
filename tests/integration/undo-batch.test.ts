import { describe, expect, it } from 'vitest';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { listCourseResults } from '@/lib/server/batches/read/list-course-results';
import { listKeptRows } from '@/lib/server/batches/read/list-kept-rows';
import { undoBatch } from '@/lib/server/batches/undo-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import {
  aReadyBatch,
  batchOf,
  expireLease,
  runBatch,
  type StoredBatch,
  segmentEventsOf,
} from '@/tests/support/batches';
import { assignmentItem, assignmentsOf, courseItem, userItem } from '@/tests/support/factories';
import { beforeCall, failCalls, loseAnswers } from '@/tests/support/faults';

const DELETION = { command: 'TransactWriteItems', includes: '"Delete"' };
const look = (batchId: string) =>
  lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });
const undo = ({ batchId, actor }: StoredBatch) => undoBatch(batchId, { actor, requestId: newRequestId() });

async function aDoneBatch(chunks: number[]) {
  const batch = await aReadyBatch({ chunks });
  await runBatch(batch);
  return batch;
}

async function edited({ courseId, actor }: StoredBatch): Promise<string> {
  const [first] = await assignmentsOf(courseId);
  const assignmentId = String(first?.assignmentId);
  await updateAssignment(assignmentId, {
    ...{ actor, requestId: newRequestId(), version: 1, changes: { title: 'Edited by hand' } },
  });
  return assignmentId;
}

describe('undoing a batch', () => {
  it('deletes what it created, gives the counters back, and leaves one event per deletion', async () => {
    const batch = await aDoneBatch([60, 30]);

    const { batchId } = await undo(batch);
    await look(batchId);

    expect(await assignmentsOf(batch.courseId)).toEqual([]);
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 0 });
    expect(await userItem(batch.actor.id)).toMatchObject({ assignmentsCreated: 0 });
    expect(await batchOf(batchId)).toMatchObject({
      ...{ kind: 'undo', state: 'done', rows: 90, deleted: 90, kept: 0, waiting: 0, undoes: batch.batchId },
    });
    expect(await batchOf(batch.batchId)).toMatchObject({ state: 'undone', undoneBy: batchId, created: 90 });
    const events = await segmentEventsOf(batchId);
    expect(events.map(({ action }) => action)).toEqual(Array(90).fill('DELETE_ASSIGNMENT'));
    expect(new Set(events.map(({ resource }) => resource.assignmentId)).size).toBe(90);
  });

  it('keeps and lists what somebody has changed since', async () => {
    const batch = await aDoneBatch([10]);
    const assignmentId = await edited(batch);

    const { batchId } = await undo(batch);
    await look(batchId);

    expect(await assignmentItem(assignmentId)).toMatchObject({ title: 'Edited by hand' });
    expect(await batchOf(batchId)).toMatchObject({ state: 'done', deleted: 9, kept: 1, waiting: 0 });
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 1 });
    const { items } = await listKeptRows(batchId, { limit: 10, requestId: newRequestId() });
    expect(items).toMatchObject([{ assignmentId, reason: 'changed' }]);
    expect(await listCourseResults(batchId, newRequestId())).toMatchObject([{ deleted: 9, kept: 1 }]);
  });

  it('keeps an edit that is made in the very moment', async () => {
    const batch = await aDoneBatch([10]);
    beforeCall(() => edited(batch), DELETION);

    const { batchId } = await undo(batch);
    await look(batchId);

    expect(await batchOf(batchId)).toMatchObject({ deleted: 9, kept: 1 });
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 1 });
  });

  it('goes on where a killed process stopped, and gives nothing back twice', async () => {
    const batch = await aDoneBatch([100]);
    const { batchId } = await undo(batch);
    const late = (await assignmentsOf(batch.courseId)).find(({ title }) => title === 'Row 60');
    const recover = failCalls('AccessDeniedException', {
      ...{ command: 'TransactWriteItems', includes: String(late?.assignmentId) },
    });
    await look(batchId);
    expect(await batchOf(batchId)).toMatchObject({ state: 'running', deleted: 45, waiting: 55 });
    recover();

    await Promise.all([look(batchId), look(batchId)]);

    expect(await batchOf(batchId)).toMatchObject({ state: 'done', deleted: 100, waiting: 0 });
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 0 });
    expect(await segmentEventsOf(batchId)).toHaveLength(100);
  });

  it('has the work of a holder refused whose lease is over', async () => {
    const batch = await aDoneBatch([100]);
    const { batchId } = await undo(batch);
    beforeCall(async () => {
      await expireLease(batch.batchId);
      await look(batchId);
    }, DELETION);

    await look(batchId);

    expect(await batchOf(batchId)).toMatchObject({ state: 'done', deleted: 100, kept: 0, waiting: 0 });
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 0 });
  });

  it('gives nothing back twice when answers are lost', async () => {
    const batch = await aDoneBatch([50]);
    const { batchId } = await undo(batch);
    loseAnswers({ ...DELETION, times: 2 });

    await look(batchId);

    expect(await batchOf(batchId)).toMatchObject({ state: 'done', deleted: 50, waiting: 0 });
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 0 });
    expect(await segmentEventsOf(batchId)).toHaveLength(50);
  });

  it('is one undo, however often it is asked for', async () => {
    const batch = await aDoneBatch([5]);

    const first = await undo(batch);
    const second = await undo(batch);
    await look(first.batchId);
    const third = await undo(batch);

    expect([second.batchId, third.batchId]).toEqual([first.batchId, first.batchId]);
    expect(third.state).toBe('done');
  });

  it('is refused while the batch runs, and for an undo', async () => {
    const running = await aReadyBatch({ chunks: [5] });
    await expect(undo(running)).rejects.toMatchObject({ code: 'CONDITIONAL_FAILED' });

    const batch = await aDoneBatch([5]);
    const { batchId } = await undo(batch);

    await expect(undo({ ...batch, batchId })).rejects.toMatchObject({ code: 'CONDITIONAL_FAILED' });
  });

  it('waits while a table is missing, and goes on when it is back', async () => {
    const batch = await aDoneBatch([10]);
    const { batchId } = await undo(batch);
    const recover = failCalls('ResourceNotFoundException', {
      command: 'TransactWriteItems',
      table: env.COURSES_TABLE,
    });
    await look(batchId);
    expect(await batchOf(batchId)).toMatchObject({
      state: 'running',
      problem: { code: 'RESOURCE_NOT_FOUND' },
    });
    recover();

    await look(batchId);

    expect(await batchOf(batchId)).toMatchObject({ state: 'done', deleted: 10 });
  });
});
