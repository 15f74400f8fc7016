import { describe, expect, it } from 'vitest';
import { undoBatch } from '@/lib/server/batches/undo-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { editFailedItem } from '@/lib/server/failed-items/edit-item';
import { lookAfterItems } from '@/lib/server/failed-items/settle/look-after-items';
import { newRequestId } from '@/lib/server/request-id';
import { batchOf, chunkOf, numbersOf } from '@/tests/support/batches';
import { assignmentItem, assignmentsOf, courseItem } from '@/tests/support/factories';
import {
  aBatchWithFailures,
  act,
  expectAllCounted,
  failedItemEventsOf,
  itemOf,
  OPS,
  retry,
  rowId,
} from '@/tests/support/failed-items';
import { beforeCall, failCalls } from '@/tests/support/faults';

const look = (batchId: string) =>
  lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });

describe('editing and retrying', () => {
  it('creates the row with what was edited, in the course that was chosen', async () => {
    const batch = await aBatchWithFailures();
    const other = await aBatchWithFailures({ rows: 1, failed: [] });
    const id = rowId(batch, 3);
    const { version } = await itemOf(id);
    const payload = { title: 'Mended', courseId: other.courseId };
    const actor = { ...OPS, email: 'ops@example.edu', courseIds: [] };

    await editFailedItem(id, { version, payload }, actor, newRequestId());
    await retry([id]);

    const { assignmentId } = await itemOf(id);
    expect(await assignmentItem(String(assignmentId))).toMatchObject(payload);
    expect(await courseItem(other.courseId)).toMatchObject({ assignmentCount: 2 });
    expect(await numbersOf(batch.batchId)).toMatchObject({ created: 10, failed: 0 });
    expect(await failedItemEventsOf(id)).toMatchObject([
      { action: 'EDIT_FAILED_ITEM', changes: { title: { before: 'Row 3', after: 'Mended' } } },
      { action: 'RETRY_FAILED_ITEM' },
    ]);
  });

  it('refuses an edit of an older version with the current one', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    const { version } = await itemOf(id);
    const actor = { ...OPS, email: 'ops@example.edu', courseIds: [] };
    await editFailedItem(id, { version, payload: { title: 'First' } }, actor, newRequestId());

    await expect(
      editFailedItem(id, { version, payload: { title: 'Second' } }, actor, newRequestId()),
    ).rejects.toMatchObject({
      code: 'CONDITIONAL_FAILED',
      current: { version: version + 1, payload: { title: 'First' } },
    });
  });

  it('names what is wrong with an edit, and keeps the item', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    const actor = { ...OPS, email: 'ops@example.edu', courseIds: [] };

    const edit = (payload: object) => editFailedItem(id, { version: 1, payload }, actor, newRequestId());
    await expect(edit({ points: -1 })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      fields: [{ field: 'points' }],
    });
    await expect(edit({ courseId: 'NO-SUCH' })).rejects.toMatchObject({ fields: [{ field: 'courseId' }] });
    expect(await itemOf(id)).toMatchObject({ version: 1, payload: { title: 'Row 3' } });
  });
});

describe('discarding, restoring and snoozing', () => {
  it('moves a discarded row from failed to rejected, and back when it is restored', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);

    await act([id], { action: 'discard', reason: 'A test row' });
    expect(await itemOf(id)).toMatchObject({ state: 'discarded', discardReason: 'A test row' });
    expect(await numbersOf(batch.batchId)).toMatchObject({ created: 9, failed: 0, rejected: 1 });
    expect(await retry([id])).toMatchObject([{ outcome: 'skipped' }]);

    await act([id], { action: 'restore' });
    expect(await itemOf(id)).toMatchObject({ state: 'open', discardReason: null });
    expect(await numbersOf(batch.batchId)).toMatchObject({
      ...{ state: 'done_with_failures', created: 9, failed: 1, rejected: 0 },
    });
    expect(await chunkOf(batch.batchId)).toMatchObject({
      later: {},
      byCourse: { [batch.courseId]: { failed: 1, rejected: 0 } },
    });
    await retry([id]);
    await expectAllCounted(batch, 10);
    const actions = (await failedItemEventsOf(id)).map(({ action }) => action);
    expect(actions).toEqual(['DISCARD_FAILED_ITEM', 'RESTORE_FAILED_ITEM', 'RETRY_FAILED_ITEM']);
  });

  it('counts a row right that is restored while its discard is being counted', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    const uncounted = { table: env.BATCHES_TABLE, command: 'TransactWriteItems' };
    const ends = [failCalls('ResourceNotFoundException', uncounted)];
    await act([id], { action: 'discard', reason: 'A test row' });
    for (const end of ends) end();
    expect(await itemOf(id)).toMatchObject({ state: 'discarded', counted: 'failed' });
    const countAndStop = async () => {
      await lookAfterItems(newRequestId());
      ends.push(failCalls('ResourceNotFoundException', uncounted));
    };
    beforeCall(countAndStop, { includes: 'RESTORE_FAILED_ITEM' });

    expect(await act([id], { action: 'restore' })).toMatchObject([{ outcome: 'succeeded' }]);
    for (const end of ends) end();
    await lookAfterItems(newRequestId());

    expect(await numbersOf(batch.batchId)).toMatchObject({ failed: 1, rejected: 0 });
  });

  it('wakes a snoozed item when its time has come', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    await act([id], { action: 'snooze', until: '2000-01-01T00:00:00.000Z' });
    expect(await itemOf(id)).toMatchObject({ state: 'snoozed' });

    await lookAfterItems(newRequestId());

    expect(await itemOf(id)).toMatchObject({ state: 'open', snoozedUntil: null });
  });
});

describe('a retried row and the undo of its batch', () => {
  it('is taken back with the others', async () => {
    const batch = await aBatchWithFailures();
    await retry([rowId(batch, 3)]);

    const undo = await undoBatch(batch.batchId, { actor: batch.actor, requestId: newRequestId() });
    await look(undo.batchId);

    expect(await batchOf(undo.batchId)).toMatchObject({ state: 'done', rows: 10, deleted: 10, waiting: 0 });
    expect(await assignmentsOf(batch.courseId)).toEqual([]);
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 0 });
  });

  it('is taken back where every row of its chunk had failed first', async () => {
    const batch = await aBatchWithFailures({ rows: 2, failed: [2, 3] });
    await retry([rowId(batch, 2), rowId(batch, 3)]);

    const undo = await undoBatch(batch.batchId, { actor: batch.actor, requestId: newRequestId() });
    await look(undo.batchId);

    expect(await batchOf(undo.batchId)).toMatchObject({ state: 'done', deleted: 2, waiting: 0 });
    expect(await assignmentsOf(batch.courseId)).toEqual([]);
  });

  it('is not retried any more once the batch is undone', async () => {
    const batch = await aBatchWithFailures();
    const undo = await undoBatch(batch.batchId, { actor: batch.actor, requestId: newRequestId() });
    await look(undo.batchId);

    expect(await retry([rowId(batch, 3)])).toMatchObject([
      { outcome: 'skipped', message: expect.stringMatching(/undone/) },
    ]);
    await act([rowId(batch, 3)], { action: 'discard', reason: 'Undone with its batch' });
    expect(await numbersOf(batch.batchId)).toMatchObject({ failed: 0, rejected: 1 });
  });
});
