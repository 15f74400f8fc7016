import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { POST as discard } from '@/app/api/failed-items/discard/route';
import { POST as retryRoute } from '@/app/api/failed-items/retry/route';
import { listEventsOfBatch } from '@/lib/server/audit-log/list-events-of-batch';
import { metaKey } from '@/lib/server/batches/batch-item';
import { createBulkBatch } from '@/lib/server/batches/bulk/create-bulk-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { newRequestId } from '@/lib/server/request-id';
import { actionAnswerSchema } from '@/lib/shared/failed-item';
import { listedBatches, partsOf } from '@/tests/support/batch-calls';
import { aReadyBatch, batchOf, type StoredBatch } from '@/tests/support/batches';
import {
  bulkNumbersOf,
  lookAt,
  lookUntilEnd,
  OPS_ACTOR,
  planOf,
  requestBatch,
  requestNow,
  resultsOf,
  rowsOf,
} from '@/tests/support/bulk';
import { aFailedBatch, failChunk } from '@/tests/support/failed-batch';
import { act, itemOf, rowId } from '@/tests/support/failed-items';
import { cookieOf } from '@/tests/support/session';

const DISCARD = { action: 'discard', reason: 'Not needed any more' } as const;
const RETRY = { action: 'retry' } as const;

const idsOf = (source: StoredBatch) => source.rows.map(({ rowNumber }) => rowId(source, rowNumber));

describe('an action on selected items', () => {
  it('happens at once up to 25 of them, with one outcome each', async () => {
    const source = await aFailedBatch([25]);

    const outcomes = await requestNow(DISCARD, { filter: rowsOf(source) });

    expect(outcomes.map(({ id, outcome }) => [id, outcome])).toEqual(
      idsOf(source).map((id) => [id, 'succeeded']),
    );
  });

  it('becomes a batch beyond 25, with its event, whoever asked for it, and why', async () => {
    const source = await aFailedBatch([26]);

    const batchId = await requestBatch(DISCARD, { ids: idsOf(source), reason: 'Wrong file' });

    expect(await batchOf(batchId)).toMatchObject({
      ...{ kind: 'discard', state: 'running', rows: 26, waiting: 26, reason: 'Wrong file' },
      createdBy: { id: OPS_ACTOR.id, name: OPS_ACTOR.name },
    });
    const { items } = await listEventsOfBatch(batchId, { limit: 5, requestId: newRequestId() });
    expect(items).toMatchObject([
      { action: 'DISCARD_FAILED_ITEMS', state: 'running', counts: { rows: 26, waiting: 26 } },
    ]);
  });

  it('is refused beyond 25 without a reason', async () => {
    const source = await aFailedBatch([26]);

    const asked = requestBatch(RETRY, { filter: rowsOf(source), reason: undefined });

    await expect(asked).rejects.toMatchObject({ code: 'VALIDATION_ERROR', fields: [{ field: 'reason' }] });
  });

  it('is refused where a snooze would end in the past', async () => {
    const source = await aFailedBatch([1]);

    const asked = requestNow({ action: 'snooze', until: '2001-01-01T00:00:00.000Z' }, { ids: idsOf(source) });

    await expect(asked).rejects.toMatchObject({ code: 'VALIDATION_ERROR', fields: [{ field: 'until' }] });
  });

  it('does not touch what fails after it was asked for', async () => {
    const overrides = { state: 'done_with_failures' as const, failed: 40, waiting: 0 };
    const source = await aReadyBatch({ chunks: [30, 10], overrides });
    await failChunk(source, 1);
    const batchId = await requestBatch(DISCARD, { filter: rowsOf(source) });
    await failChunk(source, 2);

    await lookUntilEnd(batchId);

    expect(await bulkNumbersOf(batchId)).toMatchObject({ state: 'done', rows: 30, succeeded: 30 });
    const late = await Promise.all(idsOf(source).slice(30).map(itemOf));
    expect(late.every(({ state }) => state === 'open')).toBe(true);
  });
});

describe('a dry run', () => {
  it('says what then happens, and does nothing', async () => {
    const source = await aFailedBatch([40]);
    const ids = idsOf(source);
    await act(ids.slice(0, 3), DISCARD);
    const selected = { ids: [...ids, 'row.batch_none.7'], itemsPerSecond: 10 };

    const plan = await planOf(RETRY, selected);

    expect(plan).toMatchObject({
      ...{ matching: 41, eligible: 37, seconds: 4.1, canaryItems: 0, isComplete: true },
      notEligible: [
        { reason: 'It was discarded: restore it first', count: 3 },
        { reason: 'There is no such item', count: 1 },
      ],
    });
    expect(plan.writeUnits).toBeGreaterThan(0);
    expect((await itemOf(String(ids[5]))).version).toBe(1);
    const batchId = await requestBatch(RETRY, { ...selected, itemsPerSecond: 1000 });
    await lookUntilEnd(batchId);
    expect(await bulkNumbersOf(batchId)).toMatchObject({ rows: 41, succeeded: 37, skipped: 4 });
    expect((await resultsOf(batchId, 'skipped')).map(({ message }) => message).sort()).toEqual([
      ...Array(3).fill('It was discarded: restore it first'),
      'There is no such item',
    ]);
  });

  it('names rows that cannot be retried because their batch was undone', async () => {
    const source = await aFailedBatch([3]);
    await setState(source.batchId, 'undone');

    const plan = await planOf(RETRY, { filter: rowsOf(source) });

    expect(plan).toMatchObject({
      eligible: 0,
      notEligible: [{ count: 3, reason: expect.stringContaining('undone') }],
    });
  });

  it('shows what the same change would do to each item, and where the result would be wrong', async () => {
    const source = await aFailedBatch([30]);
    const action = { action: 'retry' as const, patch: { points: 7, courseId: 'NO-SUCH-COURSE' } };

    const { preview } = await planOf(action, { filter: rowsOf(source) });

    expect(preview).toHaveLength(25);
    expect(preview[0]).toEqual({
      id: rowId(source, 2),
      title: 'Row 2',
      changes: expect.arrayContaining([
        { field: 'courseId', before: source.courseId, after: 'NO-SUCH-COURSE' },
        expect.objectContaining({ field: 'points', after: '7' }),
      ]),
      problem: expect.stringContaining('There is no course NO-SUCH-COURSE'),
    });
  });
});

describe('the list of a bulk batch', () => {
  it('ends as not complete where it cannot be read to its end, and nothing is done', async () => {
    const source = await aFailedBatch([5]);

    const asked = createBulkBatch({ ...bulkOver(breakingOff(source)), name: source.batchId });

    await expect(asked).rejects.toMatchObject({ code: 'SYSTEM_ERROR' });
    const batch = (await listedBatches()).find(({ fileName }) => fileName === source.batchId);
    expect(batch).toMatchObject({ state: 'failed_to_receive', rows: 0, failure: { code: 'SYSTEM_ERROR' } });
    expect(await partsOf(String(batch?.batchId))).toEqual(['META']);
    expect((await itemOf(rowId(source, 2))).state).toBe('open');
  });

  it('ends as not complete where the process that read it was killed', async () => {
    const { batchId } = await createBulkBatch(bulkOver(nothing()));
    await setState(batchId, 'receiving', { receivedAt: '2001-01-01T00:00:00.000Z' });

    await lookAt(batchId);

    expect(await batchOf(batchId)).toMatchObject({
      state: 'failed_to_receive',
      failure: { message: expect.stringContaining('Nothing was done') },
    });
  });
});

describe('the routes of actions', () => {
  const post = (handler: typeof discard, cookie: string, body: object) =>
    handler(
      new Request('http://127.0.0.1/api/failed-items/action', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      { params: Promise.resolve({}) },
    );

  it('retry and discard for the operations team, and answer outcomes', async () => {
    const source = await aFailedBatch([2]);
    const { cookie } = await cookieOf('ops');
    const [first, second] = idsOf(source);

    const retried = await (await post(retryRoute, cookie, { ids: [first], patch: { points: 3 } })).json();
    const discarded = await (await post(discard, cookie, { ids: [second], reason: 'A test' })).json();

    expect(actionAnswerSchema.parse(retried.data)).toMatchObject({ outcomes: [{ outcome: 'succeeded' }] });
    expect(actionAnswerSchema.parse(discarded.data)).toMatchObject({ outcomes: [{ outcome: 'succeeded' }] });
    expect(await itemOf(String(first))).toMatchObject({ state: 'succeeded', payload: { points: 3 } });
  });

  it('refuse auditors, and requests that name both ids and a filter or neither', async () => {
    const [auditor, ops] = [await cookieOf('auditor'), await cookieOf('ops')];
    const ids = ['row.batch_none.1'];

    const answers = await Promise.all([
      post(retryRoute, auditor.cookie, { ids }),
      post(retryRoute, ops.cookie, {}),
      post(retryRoute, ops.cookie, { ids, filter: {} }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([403, 400, 400]);
  });
});

const bulkOver = (targets: AsyncIterable<string[]>) => ({
  ...{ kind: 'discard' as const, name: 'items', reason: 'A test', settings: {}, targets },
  ...{ actor: OPS_ACTOR, requestId: newRequestId(), action: 'DISCARD_FAILED_ITEMS' as const },
});

async function* breakingOff(source: StoredBatch) {
  for (let page = 0; page < 6; page++) yield Array.from({ length: 100 }, () => rowId(source, 2));
  throw new Error('connection lost');
}

async function* nothing(): AsyncGenerator<string[]> {}

async function setState(batchId: string, state: string, more: Record<string, string> = {}) {
  const values = { state, ...more };
  const names = Object.keys(values);
  await documentClient.send(
    new UpdateCommand({
      ...metaKey(batchId),
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [`:${name}`, value]),
      ),
    }),
  );
}
