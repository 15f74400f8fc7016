import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { toItem } from '@/lib/server/assignments/assignment-item';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { contentHash } from '@/lib/server/assignments/write-identity';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { lookAfterItems } from '@/lib/server/failed-items/settle/look-after-items';
import { newRequestId } from '@/lib/server/request-id';
import { chunkOf, numbersOf, type StoredBatch, segmentEventsOf } from '@/tests/support/batches';
import { anAssignment, assignmentItem, eventsOf } from '@/tests/support/factories';
import {
  aBatchWithFailures,
  expectAllCounted,
  failedItemEventsOf,
  itemOf,
  OPS,
  retry,
  rowId,
  setOnItem,
} from '@/tests/support/failed-items';
import { beforeCall, failCalls, loseAnswers } from '@/tests/support/faults';

const WRITE = { command: 'TransactWriteItems', table: env.ASSIGNMENTS_TABLE, includes: '"Put"' };

describe('retrying a failed row', () => {
  it('creates it, counts it in course, instructor, batch and chunk, and leaves one create event', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);

    const outcomes = await retry([id]);

    const { assignmentId, state, attempts, counted } = await itemOf(id);
    expect(outcomes).toMatchObject([{ id, outcome: 'succeeded', assignmentId }]);
    expect({ state, counted }).toEqual({ state: 'succeeded', counted: 'created' });
    expect(attempts.map(({ outcome, actor }) => [outcome, actor?.name])).toEqual([
      ['failed', undefined],
      ['succeeded', OPS.name],
    ]);
    await expectAllCounted(batch, 10);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', failed: 0 });
    expect(await chunkOf(batch.batchId)).toMatchObject({
      byCourse: { [batch.courseId]: { created: 10, failed: 0 } },
    });
    const events = await eventsOf(String(assignmentId));
    expect(events).toMatchObject([
      { action: 'CREATE_ASSIGNMENT', batch: { batchId: batch.batchId, rowNumber: 3 } },
    ]);
    expect(await segmentEventsOf(batch.batchId)).toHaveLength(9);
    expect(await failedItemEventsOf(id)).toMatchObject([
      { action: 'RETRY_FAILED_ITEM', outcome: 'success', actor: { id: OPS.id } },
    ]);
  });

  it('stays open with one more attempt while DynamoDB still refuses', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    const isOver = failCalls('ProvisionedThroughputExceededException', WRITE);

    expect(await retry([id])).toMatchObject([{ outcome: 'failed', code: 'THROTTLING' }]);
    isOver();

    const { state, attempts, attemptCount } = await itemOf(id);
    expect(state).toBe('open');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
    expect(attemptCount).toBe(2);
    await expectAllCounted(batch, 9);
    expect(await failedItemEventsOf(id)).toMatchObject([{ outcome: 'failure', code: 'THROTTLING' }]);
    expect(await retry([id])).toMatchObject([{ outcome: 'succeeded' }]);
    await expectAllCounted(batch, 10);
  });

  it.each([1, 2, 3, 4, 5])('creates it once when %i answers in a row are lost', async (times) => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    loseAnswers({ ...WRITE, times });

    await retry([id]);

    expect(await itemOf(id)).toMatchObject({ state: 'succeeded' });
    await sweepEffects('9999', newRequestId());
    await lookAfterItems(newRequestId());
    await expectAllCounted(batch, 10);
  });

  it('is done once when two people press retry at the same moment', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);

    const [first, second] = await Promise.all([retry([id]), retry([id])]);

    const outcomes = [...first, ...second].map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['skipped', 'succeeded']);
    await expectAllCounted(batch, 10);
  });

  it('is not tried again for somebody who asked before the last attempt', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    const asOf = new Date().toISOString();
    const isOver = failCalls('ProvisionedThroughputExceededException', WRITE);
    await new Promise((resolve) => setImmediate(resolve));
    await retry([id]);
    isOver();

    const outcomes = await retry([id], { asOf });

    expect(outcomes).toMatchObject([{ outcome: 'skipped' }]);
    expect(await itemOf(id)).toMatchObject({ state: 'open', attemptCount: 2 });
  });

  it('says so and creates nothing when the row had landed after all, and counts it then', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    const { assignmentId, payload } = await itemOf(id);
    await landLate(batch, { assignmentId: String(assignmentId), rowNumber: 3, payload });

    const [outcome] = await retry([id]);

    expect(outcome).toMatchObject({ outcome: 'succeeded', message: expect.stringMatching(/after all/) });
    expect((await itemOf(id)).attempts.at(-1)).toMatchObject({ outcome: 'landed' });
    await expectAllCounted(batch, 10);
    expect(await eventsOf(String(assignmentId))).toMatchObject([{ action: 'CREATE_ASSIGNMENT' }]);
  });

  it('is created while the audit table is missing, and its events follow', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    const isOver = failCalls('ResourceNotFoundException', { table: env.AUDIT_TABLE });

    expect(await retry([id])).toMatchObject([{ outcome: 'succeeded' }]);
    isOver();
    const { assignmentId } = await itemOf(id);
    expect(await eventsOf(String(assignmentId))).toEqual([]);
    await lookAfterItems(newRequestId());

    expect(await failedItemEventsOf(id)).toMatchObject([{ action: 'RETRY_FAILED_ITEM' }]);
    expect((await itemOf(id)).pendingEvents).toEqual([]);
    expect(await assignmentItem(String(assignmentId))).toMatchObject({
      pendingEvents: [{ action: 'CREATE_ASSIGNMENT' }],
    });
  });
});

describe('a retry and others who work on the same row', () => {
  it('is not touched while its chunk is not committed: its batch may still write it', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    await setOnItem(id, { row: { chunk: 7, courseId: batch.courseId } });

    expect(await retry([id])).toMatchObject([{ outcome: 'skipped' }]);
    expect(await itemOf(id)).toMatchObject({ state: 'open', attemptCount: 1 });
  });

  it('goes on as unknown when its process vanished, and then reads the target first', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    const { assignmentId, payload } = await itemOf(id);
    await setOnItem(id, { state: 'retrying', leaseToken: 'gone', leasedUntil: '2000-01-01T00:00:00.000Z' });
    await setOnItem(id, { lookShard: 'L#0', nextLookAt: '2000-01-01T00:00:00.000Z' });

    await lookAfterItems(newRequestId());
    expect(await itemOf(id)).toMatchObject({ state: 'unknown', attempts: [{}, { outcome: 'interrupted' }] });

    await landLate(batch, { assignmentId: String(assignmentId), rowNumber: 3, payload });
    expect(await retry([id])).toMatchObject([{ outcome: 'succeeded', assignmentId }]);
    expect((await itemOf(id)).attempts.at(-1)).toMatchObject({ outcome: 'landed' });
    await expectAllCounted(batch, 10);
  });

  it('writes nothing under a claim that has been taken over', async () => {
    const batch = await aBatchWithFailures();
    const id = rowId(batch, 3);
    beforeCall(() => setOnItem(id, { leaseToken: 'somebody-else' }), WRITE);

    expect(await retry([id])).toMatchObject([{ outcome: 'skipped' }]);

    await expectAllCounted(batch, 9);
    expect(await itemOf(id)).toMatchObject({ state: 'retrying', leaseToken: 'somebody-else' });
  });

  it('counts fifty rows of one chunk once each when all are retried beside each other', async () => {
    const failed = Array.from({ length: 50 }, (_, at) => at + 2);
    const batch = await aBatchWithFailures({ rows: 60, failed });
    const ids = failed.map((row) => rowId(batch, row));

    await Promise.all([retry(ids.slice(0, 25)), retry(ids.slice(25)), retry(ids.slice(10, 35))]);
    await expect.poll(async () => (await numbersOf(batch.batchId)).created).toBe(60);

    await expectAllCounted(batch, 60, 60);
    expect(await numbersOf(batch.batchId)).toMatchObject({ failed: 0 });
  });
});

type Row = { assignmentId: string; rowNumber: number; payload: unknown };

/** DynamoDB carries out a write of the batch long after it was given up. */
async function landLate(batch: StoredBatch, { assignmentId, rowNumber }: Row): Promise<void> {
  const content = batch.rows.find((row) => row.rowNumber === rowNumber)?.assignment;
  const assignment = anAssignment({
    ...content,
    assignmentId,
    batchId: batch.batchId,
    rowNumber,
    createdBy: { id: batch.actor.id, role: batch.actor.role, department: batch.actor.department },
  });
  const identity = {
    writeToken: rowToken(batch.batchId, rowNumber),
    contentHash: contentHash(assignment),
  };
  await documentClient.send(
    new PutCommand({ TableName: env.ASSIGNMENTS_TABLE, Item: toItem(assignment, identity) }),
  );
}
