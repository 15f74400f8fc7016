import { describe, expect, it, vi } from 'vitest';
import { updateAssignment } from '@/lib/server/assignments/update-assignment';
import { claimChunk, LEASE_MS, releaseChunk } from '@/lib/server/batches/chunks/chunk-lease';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import {
  aReadyBatch,
  chunkOf,
  expireLease,
  failedItemsOf,
  numbersOf,
  segmentEventsOf,
} from '@/tests/support/batches';
import { assignmentsOf, courseItem } from '@/tests/support/factories';
import { beforeCall, failCalls, leaveUnprocessed, recordedCalls } from '@/tests/support/faults';

const COMMIT = { command: 'TransactWriteItems', table: env.COURSES_TABLE };
const look = (batchId: string) =>
  lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });

async function aRunningBatch(chunks: number[]) {
  const batch = await aReadyBatch({ chunks });
  await startBatch(batch.batchId, batch.actor, newRequestId());
  return batch;
}

/** Everything but the commit of the first attempt happens: as when the process is killed just before it. */
async function aBatchKilledBeforeItsCommit(rows: number) {
  const batch = await aRunningBatch([rows]);
  const recover = failCalls('AccessDeniedException', COMMIT);
  await look(batch.batchId);
  recover();
  return batch;
}

describe('a chunk whose holder is gone', () => {
  it('has counted nothing, and is written once more without a second assignment', async () => {
    const batch = await aBatchKilledBeforeItsCommit(20);
    expect(await assignmentsOf(batch.courseId)).toHaveLength(20);
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 0 });
    expect(await numbersOf(batch.batchId)).toMatchObject({ created: 0, waiting: 20 });

    await look(batch.batchId);

    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', created: 20, waiting: 0 });
    expect(await assignmentsOf(batch.courseId)).toHaveLength(20);
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 20 });
    expect(await segmentEventsOf(batch.batchId)).toHaveLength(20);
  });

  it('is redone without undoing an edit that a person made in between', async () => {
    const batch = await aBatchKilledBeforeItsCommit(5);
    const [first] = await assignmentsOf(batch.courseId);
    const assignmentId = String(first?.assignmentId);
    const changes = { title: 'Edited by hand' };
    await updateAssignment(assignmentId, {
      ...{ actor: batch.actor, requestId: newRequestId(), version: 1, changes },
    });

    await look(batch.batchId);

    const titles = (await assignmentsOf(batch.courseId)).map(({ title }) => title);
    expect(titles).toContain('Edited by hand');
    expect(titles).toHaveLength(5);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', created: 5 });
  });

  it('takes a row off the failed ones that the next attempt has written', async () => {
    const batch = await aRunningBatch([5]);
    const recoverRows = leaveUnprocessed(['"Row 3"'], { table: env.ASSIGNMENTS_TABLE });
    const recoverCommit = failCalls('AccessDeniedException', COMMIT);
    await look(batch.batchId);
    expect(await failedItemsOf(batch.batchId)).toHaveLength(1);
    recoverRows();
    recoverCommit();

    await look(batch.batchId);

    expect(await failedItemsOf(batch.batchId)).toEqual([]);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', created: 5, failed: 0 });
  });

  it('cannot be taken before its lease is over', async () => {
    const batch = await aRunningBatch([5]);
    const chunk = { batchId: batch.batchId, chunk: 1 };
    const held = await claimChunk(chunk, 'write', newRequestId());
    held?.stop();

    expect(await claimChunk(chunk, 'write', newRequestId())).toBeUndefined();
    await expireLease(batch.batchId);
    const next = await claimChunk(chunk, 'write', newRequestId());

    next?.stop();
    expect(next?.chunk.attempts).toBe(2);
    expect(next?.chunk.firstClaimedAt).toBe(held?.chunk.firstClaimedAt);
  });

  it('is not given back by a holder that has lost it', async () => {
    const batch = await aRunningBatch([5]);
    const chunk = { batchId: batch.batchId, chunk: 1 };
    const held = await claimChunk(chunk, 'write', newRequestId());
    await expireLease(batch.batchId);
    const next = await claimChunk(chunk, 'write', newRequestId());
    held?.stop();
    next?.stop();

    if (held) await releaseChunk(held, 'write');

    expect(await chunkOf(batch.batchId)).toMatchObject({ state: 'leased', leaseToken: next?.leaseToken });
  });
});

describe('a lease that expires while its holder still works', () => {
  it('has the commit of the old holder refused: only the new one counts', async () => {
    const batch = await aRunningBatch([10]);
    beforeCall(async () => {
      await expireLease(batch.batchId);
      await look(batch.batchId);
    }, COMMIT);

    await look(batch.batchId);

    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', created: 10, waiting: 0 });
    expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: 10 });
    expect(await segmentEventsOf(batch.batchId)).toHaveLength(10);
    expect(await chunkOf(batch.batchId)).toMatchObject({ attempts: 2 });
  });

  it('lets the old holder send nothing more in its last seconds', async () => {
    const batch = await aRunningBatch([5]);
    const held = await claimChunk({ batchId: batch.batchId, chunk: 1 }, 'write', newRequestId());
    held?.stop();
    expect(held?.mayWrite()).toBe(true);

    vi.useFakeTimers({ now: Date.now() + LEASE_MS - 5000, toFake: ['Date'] });

    expect(held?.mayWrite()).toBe(false);
    vi.useRealTimers();
  });

  it('is given back without a commit where rows were left unsent', async () => {
    const batch = await aRunningBatch([60]);
    const isStopping = vi.fn(() => recordedCalls().some(({ command }) => command === 'BatchWriteItem'));

    await lookAfterBatch(batch.batchId, { requestId: newRequestId(), isStopping });

    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'running', created: 0, waiting: 60 });
    expect(await chunkOf(batch.batchId)).toMatchObject({ state: 'waiting', attempts: 1 });
    await look(batch.batchId);
    expect(await numbersOf(batch.batchId)).toMatchObject({ state: 'done', created: 60, waiting: 0 });
  });
});
