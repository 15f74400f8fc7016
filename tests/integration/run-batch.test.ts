import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { segmentLane } from '@/lib/server/audit-log/segment';
import { chunkPart, META } from '@/lib/server/batches/batch-item';
import { startBatch } from '@/lib/server/batches/start-batch';
import { findActiveBatches } from '@/lib/server/batches/worker/find-active-batches';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { settleSegments } from '@/lib/server/batches/worker/settle-segments';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import {
  aReadyBatch,
  batchOf,
  chunkOf,
  failedItemsOf,
  numbersOf,
  runBatch,
  segmentEventsOf,
} from '@/tests/support/batches';
import { anAssignment, assignmentItem, assignmentsOf, courseItem, userItem } from '@/tests/support/factories';
import {
  awsError,
  canceled,
  failCalls,
  leaveUnprocessed,
  loseAnswers,
  recordedCalls,
} from '@/tests/support/faults';
import { storeAssignment } from '@/tests/support/store-assignment';
import { laneItems } from '@/tests/support/stored-events';

const ASSIGNMENTS = { command: 'BatchWriteItem', table: env.ASSIGNMENTS_TABLE };
const done = (created: number, rows = created) => ({
  ...{ state: 'done', rows, created, rejected: rows - created, failed: 0, waiting: 0 },
});

describe('a running batch', () => {
  it('creates every row once, counts them, and leaves one audit event per row', async () => {
    const batch = await aReadyBatch({ chunks: [60, 30] });

    await runBatch(batch);

    expect(await numbersOf(batch.batchId)).toEqual(done(90));
    expect(await assignmentsOf(batch.courseId)).toHaveLength(90);
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 90 });
    expect(await userItem(batch.actor.id)).toMatchObject({ assignmentsCreated: 90 });
    const events = await segmentEventsOf(batch.batchId);
    expect(events.map(({ batch: row }) => row?.rowNumber)).toEqual(batch.rows.map((row) => row.rowNumber));
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(90);
  });

  it('ends once when two processes look after it, and does no row twice', async () => {
    const batch = await aReadyBatch({ chunks: Array(8).fill(10) });
    await startBatch(batch.batchId, batch.actor, newRequestId());
    const look = () => lookAfterBatch(batch.batchId, { requestId: newRequestId(), isStopping: () => false });

    await Promise.all([look(), look(), look()]);

    expect(await numbersOf(batch.batchId)).toEqual(done(80));
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 80 });
    expect(await assignmentsOf(batch.courseId)).toHaveLength(80);
    const sent = recordedCalls().filter(({ command }) => command === 'BatchWriteItem');
    expect(sent.filter(({ tables }) => tables.includes(env.ASSIGNMENTS_TABLE))).toHaveLength(8);
  });

  it('sends unprocessed items again until they are written', async () => {
    const batch = await aReadyBatch({ chunks: [30] });
    leaveUnprocessed(['"Row 3"', '"Row 29"'], { table: env.ASSIGNMENTS_TABLE, times: 3 });

    await runBatch(batch);

    expect(await numbersOf(batch.batchId)).toEqual(done(30));
    expect(await assignmentsOf(batch.courseId)).toHaveLength(30);
  });

  it('keeps the row as failed, and lists it, when its write is throttled four times', async () => {
    const batch = await aReadyBatch({ chunks: [30] });
    leaveUnprocessed(['"Row 3"'], { table: env.ASSIGNMENTS_TABLE });

    await runBatch(batch);

    expect(await numbersOf(batch.batchId)).toEqual({
      ...{ state: 'done_with_failures', rows: 30, created: 29, rejected: 0, failed: 1, waiting: 0 },
    });
    expect(await failedItemsOf(batch.batchId)).toMatchObject([
      { rowNumber: 3, code: 'THROTTLING', state: 'open', payload: { title: 'Row 3' } },
    ]);
    expect((await chunkOf(batch.batchId)).outcomes).toBe(`cf${'c'.repeat(28)}`);
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 29 });
    expect(await segmentEventsOf(batch.batchId)).toHaveLength(29);
  });

  it('writes rows whose answer was lost under a condition, and finds them there', async () => {
    const batch = await aReadyBatch({ chunks: [30] });
    loseAnswers({ ...ASSIGNMENTS, times: 1 });

    await runBatch(batch);

    expect(await numbersOf(batch.batchId)).toEqual(done(30));
    expect(await assignmentsOf(batch.courseId)).toHaveLength(30);
    expect(recordedCalls().filter(({ command }) => command === 'PutItem').length).toBeGreaterThanOrEqual(5);
  });

  it('counts once when the answer of the commit is lost', async () => {
    const batch = await aReadyBatch({ chunks: [10] });
    loseAnswers({ command: 'TransactWriteItems', table: env.COURSES_TABLE, times: 1 });

    await runBatch(batch);

    expect(await numbersOf(batch.batchId)).toEqual(done(10));
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 10 });
  });

  it('counts once when every answer of the commit is lost', async () => {
    const batch = await aReadyBatch({ chunks: [10] });
    const recover = loseAnswers({
      command: 'TransactWriteItems',
      table: env.COURSES_TABLE,
      times: 100,
    });
    await runBatch(batch);
    recover();

    await lookAfterBatch(batch.batchId, { requestId: newRequestId(), isStopping: () => false });

    expect(await numbersOf(batch.batchId)).toEqual(done(10));
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 10 });
    expect(await assignmentsOf(batch.courseId)).toHaveLength(10);
  });

  it('commits although other writers hold the counters for a while', async () => {
    const batch = await aReadyBatch({ chunks: [10] });
    failCalls(canceled('None', 'None', 'None', 'None', 'TransactionConflict'), {
      command: 'TransactWriteItems',
      table: env.COURSES_TABLE,
      times: 5,
    });

    await runBatch(batch);

    expect(await numbersOf(batch.batchId)).toEqual(done(10));
  });
});

describe('a batch that is held up', () => {
  it('waits while the table is missing, says so, and goes on when it is back', async () => {
    const batch = await aReadyBatch({ chunks: [30] });
    const recover = failCalls('ResourceNotFoundException', ASSIGNMENTS);

    await runBatch(batch);
    const heldUp = await batchOf(batch.batchId);
    recover();
    await lookAfterBatch(batch.batchId, { requestId: newRequestId(), isStopping: () => false });

    expect(heldUp).toMatchObject({ state: 'running', waiting: 30, failed: 0 });
    expect(heldUp.problem).toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    expect(heldUp.problem?.message).toContain(env.ASSIGNMENTS_TABLE);
    expect(await batchOf(batch.batchId)).toMatchObject({ state: 'done', created: 30, problem: null });
    expect(await assignmentsOf(batch.courseId)).toHaveLength(30);
  });

  it('creates and counts without the audit table, and its events follow when it is back', async () => {
    const batch = await aReadyBatch({ chunks: [10, 10] });
    const recover = failCalls(awsError('ResourceNotFoundException'), { table: env.AUDIT_TABLE });

    await runBatch(batch);
    const without = await batchOf(batch.batchId);
    const actives = await findActiveBatches();
    recover();
    await lookAfterBatch(batch.batchId, { requestId: newRequestId(), isStopping: () => false });

    expect(without).toMatchObject({ state: 'done', created: 20, pendingSegments: 2 });
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 20 });
    expect(actives).toContain(batch.batchId);
    expect(await segmentEventsOf(batch.batchId)).toHaveLength(20);
    expect(await batchOf(batch.batchId)).toMatchObject({ pendingSegments: 0, pendingEvents: [] });
    expect(await findActiveBatches()).not.toContain(batch.batchId);
  });

  it('leaves a segment as it is that is there already: its hour may be sealed', async () => {
    const batch = await aReadyBatch({ chunks: [10] });
    await runBatch(batch);
    const before = await laneItems(segmentLane(batch.batchId));
    const mark = (part: string, name: string, value: unknown) =>
      documentClient.send(
        new UpdateCommand({
          TableName: env.BATCHES_TABLE,
          Key: { batchId: batch.batchId, part },
          UpdateExpression: `SET ${name} = :value`,
          ExpressionAttributeValues: { ':value': value },
        }),
      );
    // As a settlement leaves it whose last answer was lost.
    await mark(chunkPart(1), 'isSegmentPending', true);
    await mark(META, 'pendingSegments', 1);

    await settleSegments(await batchOf(batch.batchId), newRequestId());

    expect(await batchOf(batch.batchId)).toMatchObject({ pendingSegments: 0 });
    expect(before).toHaveLength(1);
    expect(await laneItems(segmentLane(batch.batchId))).toEqual(before);
  });

  it('lets one row fail that DynamoDB does not take, and creates the others', async () => {
    const batch = await aReadyBatch({ chunks: [10] });
    failCalls(awsError('ValidationException', 'Item size has exceeded the maximum allowed size'), {
      table: env.ASSIGNMENTS_TABLE,
      includes: '"Row 5"',
    });

    await runBatch(batch);

    expect(await numbersOf(batch.batchId)).toMatchObject({ created: 9, failed: 1, waiting: 0 });
    expect(await failedItemsOf(batch.batchId)).toMatchObject([{ rowNumber: 5, code: 'VALIDATION_ERROR' }]);
  });
});

describe('rows with IDs of their own', () => {
  const withOwnId = (assignmentId: string) => (row: { rowNumber: number }) =>
    row.rowNumber === 3 ? { ...row, assignmentId } : row;

  async function run(takenIds: 'reject' | 'skip' | 'new_id') {
    const taken = anAssignment({ title: 'Older' });
    await storeAssignment(taken);
    const batch = await aReadyBatch({
      chunks: [5],
      row: (row) => ({ ...row, ...withOwnId(taken.assignmentId)(row) }),
      overrides: { takenIds },
    });
    await runBatch(batch);
    expect(await assignmentItem(taken.assignmentId)).toMatchObject({ title: 'Older' });
    return batch;
  }

  it('never overwrite another assignment: the row is rejected', async () => {
    const { batchId } = await run('reject');

    expect(await numbersOf(batchId)).toEqual(done(4, 5));
    expect((await chunkOf(batchId)).lateRejections).toMatchObject([
      { rowNumber: 3, code: 'CONDITIONAL_FAILED', field: 'assignmentId' },
    ]);
  });

  it('are skipped where the batch says so', async () => {
    const { batchId } = await run('skip');

    expect((await chunkOf(batchId)).lateRejections).toMatchObject([{ rowNumber: 3, code: 'SKIPPED' }]);
  });

  it('get a new ID where the batch says so', async () => {
    const { batchId, courseId } = await run('new_id');

    expect(await numbersOf(batchId)).toEqual(done(5));
    expect(await assignmentsOf(courseId)).toHaveLength(5);
    expect(Object.keys((await chunkOf(batchId)).otherIds)).toEqual(['3']);
  });

  it('are written under a free ID as it stands', async () => {
    const batch = await aReadyBatch({
      chunks: [5],
      row: (row) => ({ ...row, ...withOwnId(`own-${newRequestId()}`)(row) }),
    });

    await runBatch(batch);

    const { otherIds } = await chunkOf(batch.batchId);
    expect(await assignmentItem(otherIds['3'] ?? '')).toMatchObject({ title: 'Row 3', rowNumber: 3 });
  });
});
