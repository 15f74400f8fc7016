import { describe, expect, it } from 'vitest';
import { cancelBatch } from '@/lib/server/batches/cancel-batch';
import { claimChunk } from '@/lib/server/batches/chunks/chunk-lease';
import { pauseBatch } from '@/lib/server/batches/pause-batch';
import { resumeBatch } from '@/lib/server/batches/resume-batch';
import { undoBatch } from '@/lib/server/batches/undo-batch';
import { env } from '@/lib/server/env';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { readItems } from '@/lib/server/failed-items/read-items';
import { claimItem } from '@/lib/server/failed-items/retry/claim-item';
import { newRequestId } from '@/lib/server/request-id';
import { CANARY } from '@/lib/shared/failed-item';
import { batchOf, expireLease, numbersOf, type StoredBatch } from '@/tests/support/batches';
import {
  allCounted,
  bulkNumbersOf,
  countAssignments,
  lookAt,
  lookUntilEnd,
  OPS_ACTOR,
  requestBatch,
  resultsOf,
  rowsOf,
} from '@/tests/support/bulk';
import { courseItem } from '@/tests/support/factories';
import { aFailedBatch } from '@/tests/support/failed-batch';
import { act, itemOf, OPS, rowId } from '@/tests/support/failed-items';
import { beforeCall, failCalls, loseAnswers } from '@/tests/support/faults';
import { eventsOfResource } from '@/tests/support/stored-events';

const DISCARD = { action: 'discard', reason: 'Not needed any more' } as const;
const RETRY = { action: 'retry' } as const;
const WRITE = { command: 'TransactWriteItems', table: env.ASSIGNMENTS_TABLE };
const COMMIT = { command: 'TransactWriteItems', includes: 'doneTo' };

const idsOf = (source: StoredBatch) => source.rows.map(({ rowNumber }) => rowId(source, rowNumber));

async function itemsOf(source: StoredBatch) {
  const items = await readItems(idsOf(source).map(keyOfId), newRequestId());
  return [...items.values()];
}

/** The promise of a retry of all rows: each was created once, by its second attempt. */
async function expectEachRetriedOnce(source: StoredBatch): Promise<void> {
  await allCounted();
  const created = source.rows.length;
  const items = await itemsOf(source);
  expect(items.filter(({ state, attemptCount }) => state === 'succeeded' && attemptCount === 2)).toHaveLength(
    created,
  );
  expect(await countAssignments(source.courseId)).toBe(created);
  expect(await courseItem(source.courseId)).toMatchObject({ assignmentCount: created });
  expect(await numbersOf(source.batchId)).toMatchObject({ created, failed: 0, waiting: 0 });
}

describe('a bulk batch that is interrupted', () => {
  it('goes on after a pause where it stopped, and acts on each item once', async () => {
    const source = await aFailedBatch([60]);
    const batchId = await requestBatch(DISCARD, { filter: rowsOf(source), itemsPerSecond: 20 });
    beforeCall(() => pauseBatch(batchId, OPS, newRequestId()), COMMIT);

    await lookAt(batchId);
    const paused = await bulkNumbersOf(batchId);
    await resumeBatch(batchId, OPS, newRequestId());
    await lookUntilEnd(batchId);

    expect(paused.state).toBe('paused');
    expect(paused.waiting).toBeGreaterThan(0);
    expect(paused.succeeded + paused.waiting).toBe(60);
    expect(await bulkNumbersOf(batchId)).toEqual({
      ...{ state: 'done', rows: 60, succeeded: 60, skipped: 0, failed: 0, waiting: 0 },
    });
    const items = await itemsOf(source);
    expect(items.filter(({ state, version }) => state === 'discarded' && version === 2)).toHaveLength(60);
  });

  it('leaves every item alone whose turn had not come when it was cancelled, and lists it as such', async () => {
    const source = await aFailedBatch([60]);
    const batchId = await requestBatch(DISCARD, { filter: rowsOf(source), itemsPerSecond: 20 });
    beforeCall(() => cancelBatch(batchId, OPS, newRequestId()), COMMIT);

    await lookUntilEnd(batchId);

    const { state, succeeded, skipped, waiting } = await bulkNumbersOf(batchId);
    expect([state, waiting, succeeded + skipped]).toEqual(['cancelled', 0, 60]);
    const discarded = (await itemsOf(source)).filter((item) => item.state === 'discarded');
    expect(discarded).toHaveLength(succeeded);
    const cancelled = await resultsOf(batchId, 'skipped');
    expect(cancelled).toHaveLength(skipped);
    expect(new Set(cancelled.map(({ code }) => code))).toEqual(new Set(['CANCELLED']));
  });

  it('skips all items when it is cancelled before anybody has begun', async () => {
    const source = await aFailedBatch([30]);
    const batchId = await requestBatch(DISCARD, { filter: rowsOf(source) });
    await cancelBatch(batchId, OPS, newRequestId());

    await lookUntilEnd(batchId);

    expect(await bulkNumbersOf(batchId)).toMatchObject({ state: 'cancelled', skipped: 30, waiting: 0 });
    expect((await resultsOf(batchId)).map(({ target }) => target)).toEqual(idsOf(source));
    expect((await itemsOf(source)).every(({ state }) => state === 'open')).toBe(true);
  });

  it('counts what a killed process had done before the cancel', async () => {
    const source = await aFailedBatch([30]);
    const batchId = await requestBatch(DISCARD, { filter: rowsOf(source) });
    const claim = await claimChunk({ batchId, chunk: 1 }, 'write', newRequestId());
    claim?.stop();
    const { settings } = await batchOf(batchId);
    await act(idsOf(source).slice(0, 7), DISCARD, { bulkId: batchId, asOf: String(settings.asOf) });
    await cancelBatch(batchId, OPS, newRequestId());
    await expireLease(batchId);

    await lookUntilEnd(batchId);

    expect(await bulkNumbersOf(batchId)).toMatchObject({ succeeded: 7, skipped: 23, waiting: 0 });
  });

  it('does the chunk of a killed process again without doing an item twice', async () => {
    const source = await aFailedBatch([40]);
    const batchId = await requestBatch(RETRY, { filter: rowsOf(source) });
    const claim = await claimChunk({ batchId, chunk: 1 }, 'write', newRequestId());
    claim?.stop();
    const asking = { bulkId: batchId, asOf: String((await batchOf(batchId)).settings.asOf) };
    await act(idsOf(source).slice(0, 10), RETRY, asking);
    await claimItem(await itemOf(rowId(source, 20)), batchId, newRequestId());
    await expireLease(batchId);

    await lookUntilEnd(batchId);

    expect(await bulkNumbersOf(batchId)).toEqual({
      ...{ state: 'done', rows: 40, succeeded: 40, skipped: 0, failed: 0, waiting: 0 },
    });
    await expectEachRetriedOnce(source);
  });
});

describe('a bulk batch', () => {
  it.each([
    ['some', 2],
    ['all', 100],
  ])('counts each item once when %s answers of commits are lost', async (_, times) => {
    const source = await aFailedBatch([30]);
    const batchId = await requestBatch(RETRY, { filter: rowsOf(source) });
    const isOver = loseAnswers({ ...COMMIT, times });
    await lookAt(batchId);
    isOver();

    await lookUntilEnd(batchId);

    expect(await bulkNumbersOf(batchId)).toMatchObject({ state: 'done', succeeded: 30, waiting: 0 });
    expect(await resultsOf(batchId)).toHaveLength(30);
    await expectEachRetriedOnce(source);
  });

  it('waits while its own table is missing, says so, and goes on when it is back', async () => {
    const source = await aFailedBatch([30]);
    const batchId = await requestBatch(DISCARD, { filter: rowsOf(source) });
    const isBack = failCalls('ResourceNotFoundException', { table: env.FAILED_ITEMS_TABLE });
    await lookAt(batchId);
    const held = await batchOf(batchId);
    isBack();

    await lookUntilEnd(batchId);

    expect(held).toMatchObject({ state: 'running', waiting: 30, problem: { code: 'RESOURCE_NOT_FOUND' } });
    expect(await bulkNumbersOf(batchId)).toMatchObject({ state: 'done', succeeded: 30 });
    expect((await batchOf(batchId)).problem).toBeNull();
  });

  it('cannot be undone as a whole', async () => {
    const source = await aFailedBatch([26]);
    const batchId = await requestBatch(DISCARD, { filter: rowsOf(source) });
    await lookUntilEnd(batchId);

    const undo = undoBatch(batchId, { actor: OPS_ACTOR, requestId: newRequestId() });

    await expect(undo).rejects.toMatchObject({ code: 'CONDITIONAL_FAILED' });
  });

  it('lists what came of each item in its order, page by page, and of one outcome alone', async () => {
    const source = await aFailedBatch([150]);
    const ids = idsOf(source);
    await act(ids.slice(100, 120), DISCARD);
    const batchId = await requestBatch({ action: 'snooze', until: '2999-01-01T00:00:00.000Z' }, { ids });

    await lookUntilEnd(batchId);

    const results = await resultsOf(batchId);
    expect(results.map(({ target }) => target)).toEqual(ids);
    expect((await resultsOf(batchId, 'skipped')).map(({ target }) => target)).toEqual(ids.slice(100, 120));
    expect(await resultsOf(batchId, 'succeeded')).toHaveLength(130);
    expect(await resultsOf(batchId, 'failed')).toEqual([]);
  });
});

describe('a large retry', () => {
  it('stops by itself after the first ten where they fail, and goes on when somebody resumes it', {
    timeout: 300_000,
  }, async () => {
    const source = await aFailedBatch([CANARY.above + 1]);
    const batchId = await requestBatch(RETRY, { filter: rowsOf(source) });
    const isOver = failCalls('ProvisionedThroughputExceededException', WRITE);
    await lookAt(batchId);
    const stopped = await batchOf(batchId);
    isOver();
    await resumeBatch(batchId, OPS, newRequestId());
    const resumed = await batchOf(batchId);

    await lookUntilEnd(batchId);

    expect(stopped).toMatchObject({
      ...{ state: 'paused', canary: 'failed', succeeded: 0, failed: 10, waiting: 491 },
      problem: { code: 'CANARY_FAILED' },
    });
    const pauses = (await eventsOfResource(`batch#${batchId}`)).filter(
      ({ action }) => action === 'PAUSE_BATCH',
    );
    expect(pauses).toMatchObject([{ actor: { id: 'system', role: 'system' } }]);
    expect(resumed).toMatchObject({ state: 'running', problem: null });
    expect(await bulkNumbersOf(batchId)).toEqual({
      ...{ state: 'done_with_failures', rows: 501, succeeded: 491, skipped: 0, failed: 10, waiting: 0 },
    });
    expect((await itemsOf(source)).filter(({ state }) => state === 'open')).toHaveLength(10);
  });
});
