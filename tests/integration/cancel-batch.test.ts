import { describe, expect, it } from 'vitest';
import { listEventsOfBatch } from '@/lib/server/audit-log/list-events-of-batch';
import { cancelBatch } from '@/lib/server/batches/cancel-batch';
import { claimChunk } from '@/lib/server/batches/chunks/chunk-lease';
import { pauseBatch } from '@/lib/server/batches/pause-batch';
import { resumeBatch } from '@/lib/server/batches/resume-batch';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import {
  aReadyBatch,
  batchOf,
  chunkOf,
  expireLease,
  numbersOf,
  segmentEventsOf,
} from '@/tests/support/batches';
import { assignmentsOf, courseItem } from '@/tests/support/factories';
import { beforeCall, failCalls, loseAnswers } from '@/tests/support/faults';

const look = (batchId: string) =>
  lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });

async function aRunningBatch(chunks: number[]) {
  const batch = await aReadyBatch({ chunks });
  await startBatch(batch.batchId, batch.actor, newRequestId());
  return batch;
}

const actionsOf = async (batchId: string) =>
  (await listEventsOfBatch(batchId, { limit: 50, requestId: newRequestId() })).items.map(
    ({ action }) => action,
  );

describe('cancelling', () => {
  it('keeps what is written, rejects every other row with the reason, and balances', async () => {
    const batch = await aRunningBatch([20, 20, 20, 20, 20, 20]);
    beforeCall(() => cancelBatch(batch.batchId, batch.actor, newRequestId()), {
      command: 'TransactWriteItems',
      table: env.COURSES_TABLE,
    });
    await look(batch.batchId);

    await look(batch.batchId);

    const numbers = await numbersOf(batch.batchId);
    expect(numbers).toMatchObject({ state: 'cancelled', rows: 120, waiting: 0, failed: 0 });
    expect(numbers.created + numbers.rejected).toBe(120);
    expect(numbers.created).toBeGreaterThan(0);
    expect(await assignmentsOf(batch.courseId)).toHaveLength(numbers.created);
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: numbers.created });
    expect(await segmentEventsOf(batch.batchId)).toHaveLength(numbers.created);
  });

  it('writes nothing of a batch that was never started', async () => {
    const batch = await aReadyBatch({ chunks: [20, 20] });
    await cancelBatch(batch.batchId, batch.actor, newRequestId());

    await look(batch.batchId);

    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'cancelled', created: 0, rejected: 40 });
    expect(await assignmentsOf(batch.courseId)).toEqual([]);
  });

  it('counts the rows that a killed process had written of a chunk, and cancels the rest of it', async () => {
    const batch = await aRunningBatch([50]);
    const recover = failCalls('AccessDeniedException', {
      table: env.ASSIGNMENTS_TABLE,
      includes: '"Row 40"',
    });
    await look(batch.batchId);
    recover();
    const written = (await assignmentsOf(batch.courseId)).length;

    await cancelBatch(batch.batchId, batch.actor, newRequestId());
    await look(batch.batchId);

    const left = 50 - written;
    expect(Math.min(written, left)).toBeGreaterThan(0);
    expect(await numbersOf(batch.batchId)).toMatchObject({
      state: 'cancelled',
      created: written,
      rejected: left,
    });
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: written });
    expect((await chunkOf(batch.batchId)).outcomes).toMatch(/^(c|x){50}$/);
  });

  it('waits for a chunk that a process still holds, until it has given no sign of life', async () => {
    const batch = await aRunningBatch([10, 10]);
    const claim = await claimChunk({ batchId: batch.batchId, chunk: 1 }, 'write', newRequestId());
    claim?.stop();
    await cancelBatch(batch.batchId, batch.actor, newRequestId());

    await look(batch.batchId);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'cancelling', rejected: 10, waiting: 10 });
    await expireLease(batch.batchId);
    await look(batch.batchId);

    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'cancelled', rejected: 20, waiting: 0 });
  });
});

describe('the steps of a batch', () => {
  it('each leave one audit event, however often they are asked for', async () => {
    const { batchId, actor } = await aReadyBatch({ chunks: [5] });
    for (const step of [startBatch, startBatch, pauseBatch, pauseBatch, resumeBatch, resumeBatch]) {
      await step(batchId, actor, newRequestId());
    }
    await look(batchId);

    expect((await actionsOf(batchId)).sort()).toEqual(
      ['START_BATCH', 'PAUSE_BATCH', 'RESUME_BATCH', 'FINISH_BATCH'].sort(),
    );
  });

  it('happen once when their answer is lost', async () => {
    const { batchId, actor } = await aReadyBatch({ chunks: [5] });
    loseAnswers({ command: 'TransactWriteItems', table: env.BATCHES_TABLE });

    const batch = await startBatch(batchId, actor, newRequestId());

    expect(batch.state).toBe('running');
    expect(await actionsOf(batchId)).toEqual(['START_BATCH']);
  });

  it('are refused with the current batch where its state does not allow them', async () => {
    const { batchId, actor } = await aReadyBatch({ chunks: [5] });

    await expect(pauseBatch(batchId, actor, newRequestId())).rejects.toMatchObject({
      code: 'CONDITIONAL_FAILED',
      errorClass: 'business',
      message: 'This batch is ready, so it cannot be paused',
      current: { batchId, state: 'ready' },
    });
  });

  it('happen without the audit table, and their event follows when it is back', async () => {
    const { batchId, actor } = await aReadyBatch({ chunks: [5] });
    const recover = failCalls('ResourceNotFoundException', {
      command: 'TransactWriteItems',
      table: env.AUDIT_TABLE,
    });
    await startBatch(batchId, actor, newRequestId());
    await pauseBatch(batchId, actor, newRequestId());
    expect(await actionsOf(batchId)).toEqual([]);
    recover();

    await look(batchId);

    expect((await actionsOf(batchId)).sort()).toEqual(['PAUSE_BATCH', 'START_BATCH']);
    expect(await batchOf(batchId)).toMatchObject({ state: 'paused', pendingEvents: [] });
  });

  it('let a paused batch rest, and a resumed one go on', async () => {
    const batch = await aRunningBatch([10]);
    await pauseBatch(batch.batchId, batch.actor, newRequestId());
    await look(batch.batchId);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'paused', created: 0, waiting: 10 });

    await resumeBatch(batch.batchId, batch.actor, newRequestId());
    await look(batch.batchId);

    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', created: 10 });
  });
});
