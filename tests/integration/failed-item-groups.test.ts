import { randomUUID } from 'node:crypto';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { itemPlace } from '@/lib/server/failed-items/failed-item';
import { discoverGroups } from '@/lib/server/failed-items/groups/discover-groups';
import { MARKS_ORIGIN } from '@/lib/server/failed-items/groups/group-item';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import { queryOrigin } from '@/lib/server/failed-items/groups/query-origin';
import { readGroups } from '@/lib/server/failed-items/groups/read-groups';
import { recountGroups } from '@/lib/server/failed-items/groups/recount-groups';
import { noteWrites, retrySafety } from '@/lib/server/failed-items/retry-safety';
import { newRequestId } from '@/lib/server/request-id';
import { type FailedItemGroup, failedItemFilterSchema } from '@/lib/shared/failed-item';
import { aReadyBatch, runBatch } from '@/tests/support/batches';
import { awsError, beforeCall, failCalls, leaveUnprocessed, recordedCalls } from '@/tests/support/faults';
import { aFailedRow, inState, storeFailedItems } from '@/tests/support/stored-failed-items';

const FAILED_ITEMS = env.FAILED_ITEMS_TABLE;
const MINUTE_MS = 60_000;

const read = (query: Record<string, unknown> = {}) =>
  readGroups(failedItemFilterSchema.parse(query), newRequestId());

const groupOf = async (fingerprint: string, query: Record<string, unknown> = {}) =>
  (await read({ state: 'unresolved', ...query })).groups.find((group) => group.fingerprint === fingerprint);

/** Rows that fail for a reason of their own. */
function someRows(count: number, overrides: Parameters<typeof aFailedRow>[0] = {}) {
  const message = `Cause ${randomUUID()
    .replace(/[^a-f]/g, '')
    .padEnd(12, 'xyz')}`;
  const batchId = `batch_${randomUUID()}`;
  return Array.from({ length: count }, (_, number) =>
    aFailedRow({ batchId, rowNumber: number + 2, courseId: `C-${number % 3}`, message, ...overrides }),
  );
}

async function storeAndNote(items: ReturnType<typeof someRows>) {
  await storeFailedItems(items);
  await noteGroups(items, newRequestId());
  return items[0]?.fingerprint ?? '';
}

const marks = () => queryOrigin(MARKS_ORIGIN, { operation: 'test', requestId: newRequestId() });
const markOf = async (fingerprint: string) => (await marks()).find(({ itemKey }) => itemKey === fingerprint);

/** Moves the clock; everything in the product goes by it. */
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a group of failed items', () => {
  it('counts its items by state, and names their courses, batches and hours', async () => {
    const rows = someRows(9);
    const states = ['open', 'snoozed', 'succeeded', 'discarded', 'retrying'] as const;
    const items = rows.map((row, number) => inState(row, states[number % 5] ?? 'open'));
    const fingerprint = await storeAndNote(items);

    await recountGroups(newRequestId());

    const group = await groupOf(fingerprint);
    expect(group).toMatchObject({
      code: 'THROTTLING',
      message: rows[0]?.message,
      counts: { open: 2, snoozed: 2, succeeded: 2, discarded: 2, retrying: 1, unknown: 0 },
      courseIds: ['C-0', 'C-1', 'C-2'],
      courseCount: 3,
      batchIds: [rows[0]?.batchId],
      batchCount: 1,
    });
    expect(group?.hours.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });

  it('is counted again after a change, once the index must have followed, and then left alone', async () => {
    const items = someRows(4);
    const fingerprint = await storeAndNote(items);
    await recountGroups(newRequestId());
    expect(await markOf(fingerprint)).toBeDefined();

    later(3000);
    await recountGroups(newRequestId());
    expect(await markOf(fingerprint)).toBeUndefined();

    const fixed = items.slice(0, 3).map((item) => inState(item, 'succeeded'));
    await storeAndNote(fixed);
    later(3000);
    await recountGroups(newRequestId());
    expect((await groupOf(fingerprint))?.counts).toMatchObject({ open: 1, succeeded: 3 });
    expect(await markOf(fingerprint)).toBeUndefined();
  });

  it('stays noted where somebody changes an item while it is being counted', async () => {
    const items = someRows(3);
    const fingerprint = await storeAndNote(items);
    later(3000);
    beforeCall(() => noteGroups(items.slice(0, 1), newRequestId()), {
      command: 'PutItem',
      table: FAILED_ITEMS,
      includes: fingerprint,
    });

    await recountGroups(newRequestId());

    expect(await markOf(fingerprint)).toBeDefined();
  });

  it('is counted by one of two processes at a time', async () => {
    const fingerprint = await storeAndNote(someRows(3));
    later(3000);

    await Promise.all([recountGroups(newRequestId()), recountGroups(newRequestId())]);

    const stored = recordedCalls().filter(
      ({ command, input }) => command === 'PutItem' && JSON.stringify(input).includes(fingerprint),
    );
    expect(stored).toHaveLength(1);
    expect((await groupOf(fingerprint))?.counts.open).toBe(3);
  });

  it('keeps the later count where an earlier one ends after it', async () => {
    const items = someRows(3);
    const fingerprint = await storeAndNote(items);
    beforeCall(
      async () => {
        await storeAndNote([inState(items[0] ?? aFailedRow(), 'discarded')]);
        later(2 * MINUTE_MS);
        await recountGroups(newRequestId());
      },
      { command: 'PutItem', table: FAILED_ITEMS, includes: fingerprint },
    );

    await recountGroups(newRequestId());

    expect((await groupOf(fingerprint))?.counts).toMatchObject({ open: 2, discarded: 1 });
  });

  it('vanishes when its last item has gone to another group', async () => {
    const [item] = someRows(1);
    const fingerprint = await storeAndNote(item ? [item] : []);
    await recountGroups(newRequestId());
    const moved = inState({ ...(item ?? aFailedRow()), fingerprint: 'another' }, 'open');
    await storeFailedItems([moved]);
    await noteGroups([moved, item ?? moved], newRequestId());

    later(3000);
    await recountGroups(newRequestId());

    expect(await groupOf(fingerprint)).toBeUndefined();
    expect((await groupOf('another'))?.counts.open).toBe(1);
  });

  it('that cannot be counted keeps neither another group nor an action from going on', async () => {
    const broken = await storeAndNote(someRows(2));
    const whole = await storeAndNote(someRows(2));
    const recover = failCalls(awsError('ValidationException'), { command: 'Query', includes: broken });

    await recountGroups(newRequestId());
    recover();
    failCalls('ProvisionedThroughputExceededException', { command: 'UpdateItem', table: FAILED_ITEMS });
    await noteGroups(someRows(2), newRequestId());

    expect((await groupOf(whole))?.counts.open).toBe(2);
    expect(await markOf(broken)).toBeDefined();
  });

  it('is noted by the batch whose rows fail', async () => {
    const batch = await aReadyBatch({ chunks: [10] });
    leaveUnprocessed(['"Row 3"', '"Row 4"'], { table: env.ASSIGNMENTS_TABLE });

    await runBatch(batch);

    const noted = (await marks()).filter(({ facts }) => JSON.stringify(facts).includes('at every attempt'));
    expect(noted).toHaveLength(1);
  });
});

describe('a look for groups that nobody noted', () => {
  it('finds those whose group is missing or wrong, once in five minutes', async () => {
    later(60 * MINUTE_MS);
    await discoverGroups(newRequestId());
    later(60 * MINUTE_MS);
    await recountGroups(newRequestId());
    const unnoted = someRows(3);
    await storeFailedItems(unnoted);
    const wrong = await storeAndNote(someRows(2));
    await recountGroups(newRequestId());
    await forget(MARKS_ORIGIN, wrong);
    await storeFailedItems([inState(aFailedRow({ overrides: { fingerprint: wrong } }), 'open')]);

    expect(await discoverGroups(newRequestId())).toBe(2);
    expect(await discoverGroups(newRequestId())).toBe(0);
    later(1000);
    await recountGroups(newRequestId());

    expect((await groupOf(unnoted[0]?.fingerprint ?? ''))?.counts.open).toBe(3);
    expect((await groupOf(wrong))?.counts.open).toBe(3);
  });
});

const forget = (origin: string, itemKey: string) =>
  documentClient.send(new DeleteCommand(itemPlace({ origin, itemKey })));

describe('the groups of a filter', () => {
  it('agree whether they are stored or counted for the filter, and their totals are the sum', async () => {
    const first = someRows(6).map((row, number) => inState(row, number < 2 ? 'succeeded' : 'open'));
    const second = someRows(4, { code: 'ACCESS_DENIED' });
    const prints = [await storeAndNote(first), await storeAndNote(second)];
    await recountGroups(newRequestId());

    for (const [at, items] of [first, second].entries()) {
      const stored = await read({ fingerprint: prints[at] });
      const counted = await read({ batchId: items[0]?.batchId ?? '' });
      expect(counted.groups.map(comparable)).toEqual(stored.groups.map(comparable));
      expect(counted).toMatchObject({ total: items.length, isComplete: true, totals: stored.totals });
    }
    expect(await read({ code: 'ACCESS_DENIED', fingerprint: prints[0] })).toMatchObject({
      groups: [],
      total: 0,
    });
  });

  it('are those with an item in the state of the filter, those with the most work first', async () => {
    const courseId = `C-${randomUUID()}`;
    const small = someRows(2, { courseId });
    const large = someRows(5, { courseId });
    const done = someRows(3, { courseId }).map((row) => inState(row, 'discarded'));
    await storeFailedItems([...small, ...large, ...done]);
    const prints = async (state: string) =>
      (await read({ courseId, state })).groups.map(({ fingerprint }) => fingerprint);

    expect(await prints('unresolved')).toEqual([large[0]?.fingerprint, small[0]?.fingerprint]);
    expect(await prints('discarded')).toEqual([done[0]?.fingerprint]);
    expect(await read({ courseId })).toMatchObject({ total: 10, totals: { open: 7, discarded: 3 } });
  });

  it('answers a stored group without looking at its items', async () => {
    const fingerprint = await storeAndNote(someRows(30));
    await recountGroups(newRequestId());
    const before = recordedCalls().length;

    await read({ state: 'open', kind: 'batch_row', fingerprint });

    const calls = recordedCalls().slice(before);
    expect(calls.filter(({ input }) => JSON.stringify(input).includes('IndexName'))).toEqual([]);
  });
});

/** Text of the message and the moment of the count may differ. */
function comparable({ message, countedAt, courseIds, ...group }: FailedItemGroup) {
  return { ...group, batchIds: group.batchCount, courseCount: undefined };
}

describe('whether it is safe to retry', () => {
  const transient = { code: 'THROTTLING', class: 'transient' };
  const wrong = { code: 'VALIDATION_ERROR', class: 'data' };
  const safety = () => retrySafety(newRequestId());

  it('is answered by what writes came to in the last two minutes', async () => {
    later(60 * MINUTE_MS);
    expect(await safety()).toEqual({ isSafe: true, failed: 0, succeeded: 0, code: null });

    await noteWrites({ failed: Array(4).fill(transient), succeeded: 0 });
    await noteWrites({ failed: Array(9).fill(wrong), succeeded: 0 });
    expect(await safety()).toMatchObject({ isSafe: true, failed: 4 });

    await noteWrites({ failed: [{ code: 'SYSTEM_ERROR', class: 'system' }], succeeded: 3 });
    expect(await safety()).toEqual({ isSafe: false, failed: 5, succeeded: 3, code: 'THROTTLING' });

    await noteWrites({ failed: [], succeeded: 2 });
    expect(await safety()).toMatchObject({ isSafe: true, failed: 5, succeeded: 5 });

    later(3 * MINUTE_MS);
    expect(await safety()).toMatchObject({ isSafe: true, failed: 0, succeeded: 0 });
  });

  it('is not worth failing for', async () => {
    failCalls('ProvisionedThroughputExceededException', { command: 'UpdateItem', table: FAILED_ITEMS });
    await noteWrites({ failed: [transient], succeeded: 0 });
  });

  it('is learned from the rows of batches', async () => {
    later(120 * MINUTE_MS);
    const batch = await aReadyBatch({ chunks: [10] });
    leaveUnprocessed(['"Row 3"', '"Row 4"'], { table: env.ASSIGNMENTS_TABLE });

    await runBatch(batch);

    expect(await safety()).toEqual({ isSafe: true, failed: 2, succeeded: 8, code: 'THROTTLING' });
  });
});
