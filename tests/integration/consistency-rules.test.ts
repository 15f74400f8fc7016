import { beforeAll, describe, expect, it } from 'vitest';
import { pendingShard } from '@/lib/server/assignments/assignment-item';
import { segmentKey, segmentLane } from '@/lib/server/audit-log/segment';
import { chunkPart, META } from '@/lib/server/batches/batch-item';
import { pauseBatch } from '@/lib/server/batches/pause-batch';
import { undoBatch } from '@/lib/server/batches/undo-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { repairAll } from '@/lib/server/consistency/run-check';
import { env } from '@/lib/server/env';
import { itemPlace } from '@/lib/server/failed-items/failed-item';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { recountGroups } from '@/lib/server/failed-items/groups/recount-groups';
import { newRequestId } from '@/lib/server/request-id';
import { type CheckRunDetail, INVARIANTS, type InvariantName } from '@/lib/shared/consistency';
import { aReadyBatch, batchOf, chunkOf, runBatch, segmentEventsOf } from '@/tests/support/batches';
import {
  aTaughtCourse,
  CHECKER,
  check,
  deleteByHand,
  findingsAbout,
  linesOf,
  loseEvent,
  repairEventsOf,
  setByHand,
} from '@/tests/support/consistency';
import { assignmentItem, courseItem, eventsOf, userItem } from '@/tests/support/factories';
import { aBatchWithFailures, act, itemOf, retry, rowId, setOnItem } from '@/tests/support/failed-items';
import { failCalls } from '@/tests/support/faults';

const LONG_AGO = '2020-01-01T00:00:00.000Z';

const look = (batchId: string) =>
  lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });

const metaPlace = (batchId: string) => ({ TableName: env.BATCHES_TABLE, Key: { batchId, part: META } });
const chunkPlace = (batchId: string, chunk = 1) => ({
  TableName: env.BATCHES_TABLE,
  Key: { batchId, part: chunkPart(chunk) },
});
const assignmentPlace = (assignmentId = '') => ({ TableName: env.ASSIGNMENTS_TABLE, Key: { assignmentId } });

/** Rows that are written and not committed yet: their process was killed, and the batch is paused. */
async function aHalfWrittenBatch() {
  const batch = await aReadyBatch({ chunks: [5] });
  const isOver = failCalls('ResourceNotFoundException', {
    command: 'TransactWriteItems',
    table: env.COURSES_TABLE,
  });
  await runBatch(batch);
  isOver();
  await pauseBatch(batch.batchId, batch.actor, newRequestId());
  return batch;
}

async function anUndoneBatch() {
  const batch = await aReadyBatch({ chunks: [5] });
  await runBatch(batch);
  const undo = await undoBatch(batch.batchId, { actor: batch.actor, requestId: newRequestId() });
  await look(undo.batchId);
  return { batch, undo };
}

describe('data that was only ever changed by the product', () => {
  it('has no difference: finished, failed, retried, discarded, undone and half written', async () => {
    await aTaughtCourse(3);
    const failures = await aBatchWithFailures({ failed: [3, 4, 5] });
    await retry([rowId(failures, 3)]);
    await act([rowId(failures, 4)], { action: 'discard', reason: 'Not needed' });
    await anUndoneBatch();
    const half = await aHalfWrittenBatch();

    const result = await check();

    expect(linesOf(result)).toEqual([]);
    expect(result.run).toMatchObject({ state: 'done', differences: 0, unsettled: 0 });
    expect(result.invariants.map(({ state }) => state)).toEqual(INVARIANTS.map(() => 'done'));
    expect((await chunkOf(half.batchId)).outcomes).toBeUndefined();
    expect(await courseItem(half.courseId)).toMatchObject({ assignmentCount: 0 });
  });
});

type Broken = { invariant: InvariantName; target: string; expected: unknown; found: unknown };

/** Breaks each rule once by hand; what a check must say about it. */
async function breakEverything(): Promise<Record<string, Broken>> {
  const { courseId, instructor, created } = await aTaughtCourse(3);
  await setByHand({ TableName: env.COURSES_TABLE, Key: { courseId } }, { assignmentCount: 7 });
  await setByHand({ TableName: env.USERS_TABLE, Key: { userId: instructor.id } }, { assignmentsCreated: 1 });
  const [lost] = created;
  await loseEvent(lost?.assignmentId ?? '');

  const segments = await aReadyBatch({ chunks: [5, 4] });
  await runBatch(segments);
  await deleteByHand({
    TableName: env.AUDIT_TABLE,
    Key: { lane: segmentLane(segments.batchId), eventKey: segmentKey(7) },
  });

  const numbers = await aReadyBatch({ chunks: [5] });
  await runBatch(numbers);
  await setByHand(metaPlace(numbers.batchId), { created: 4, waiting: 1 });

  const { undo } = await anUndoneBatch();
  await setByHand(metaPlace(undo.batchId), { kept: 2 });

  const unlisted = await aBatchWithFailures({ failed: [3, 4] });
  await deleteByHand(itemPlace(keyOfId(rowId(unlisted, 3))));
  const leased = await aReadyBatch({ chunks: [5] });
  await setByHand(chunkPlace(leased.batchId), { state: 'leased', leaseToken: 'gone', leasedUntil: LONG_AGO });
  const held = await aBatchWithFailures({ failed: [6] });
  await setOnItem(rowId(held, 6), { state: 'retrying', leaseToken: 'gone', leasedUntil: LONG_AGO });

  const taught = await aTaughtCourse(1);
  const stuck = taught.created[0]?.assignmentId ?? '';
  await setByHand(assignmentPlace(stuck), {
    pendingEffects: new Set(['course', 'instructor']),
    pendingShard: pendingShard(stuck),
    pendingSince: LONG_AGO,
  });
  await setByHand(
    { TableName: env.COURSES_TABLE, Key: { courseId: taught.courseId } },
    { assignmentCount: 0 },
  );
  await setByHand(
    { TableName: env.USERS_TABLE, Key: { userId: taught.instructor.id } },
    { assignmentsCreated: 0 },
  );

  const silent = await aReadyBatch({ chunks: [5] });
  const isOver = failCalls('ResourceNotFoundException', { table: env.AUDIT_TABLE });
  await runBatch(silent);
  isOver();
  await setByHand(metaPlace(silent.batchId), { updatedAt: LONG_AGO });

  const uncounted = await aBatchWithFailures({ failed: [8] });
  await setOnItem(rowId(uncounted, 8), { state: 'discarded', lastAt: LONG_AGO, discardReason: 'By hand' });

  const { fingerprint: group } = await itemOf(rowId(unlisted, 4));
  await recountGroups(newRequestId());
  await deleteByHand(itemPlace({ origin: 'group-marks', itemKey: group }));
  await setByHand(itemPlace({ origin: 'groups', itemKey: group }), {
    counts: { open: 50, retrying: 0, unknown: 0, snoozed: 0, succeeded: 0, discarded: 0 },
  });

  return {
    'a count of a course': { invariant: 'course-counts', target: courseId, expected: 3, found: 7 },
    'a count of an instructor': {
      ...{ invariant: 'instructor-counts', target: instructor.id, expected: 3, found: 1 },
    },
    'a lost creation event': {
      ...{ invariant: 'creation-events', target: lost?.assignmentId ?? '', expected: 1, found: 0 },
    },
    'a lost segment': {
      ...{ invariant: 'creation-events', target: `${segments.batchId}/2`, expected: 4, found: 0 },
    },
    'numbers of a batch': {
      ...{ invariant: 'batch-equations', target: numbers.batchId },
      expected: '5 rows = 5 created + 0 rejected + 0 failed + 0 waiting',
      found: '5 rows = 4 created + 0 rejected + 0 failed + 1 waiting',
    },
    'numbers of an undo': {
      ...{ invariant: 'batch-equations', target: undo.batchId },
      expected: '5 rows = 5 deleted + 0 kept + 0 waiting',
      found: '5 rows = 5 deleted + 2 kept + 0 waiting',
    },
    'a failed row that nobody lists': {
      ...{ invariant: 'failed-item-counts', target: unlisted.batchId, expected: 1, found: 2 },
    },
    'the counts of a group': {
      ...{ invariant: 'group-counts', target: group },
      expected: expect.stringMatching(/^\d+ open/),
      found: '50 open',
    },
    'a forgotten lease of a chunk': {
      ...{ invariant: 'leases', target: `${leased.batchId}/1` },
      expected: 'free, or held by somebody at work',
      found: `held, until ${LONG_AGO}`,
    },
    'a forgotten lease of a failed item': {
      ...{ invariant: 'leases', target: rowId(held, 6) },
      expected: 'free, or held by somebody at work',
      found: `held, until ${LONG_AGO}`,
    },
    'effects that stay pending': {
      ...{ invariant: 'pending-effects', target: stuck, expected: 'nothing pending' },
      found: `course, instructor pending, since ${LONG_AGO}`,
    },
    'audit segments that stay pending': {
      ...{ invariant: 'pending-effects', target: silent.batchId, expected: 'nothing pending' },
      found: expect.stringContaining('1 audit segments pending'),
    },
    'a settlement that stays pending': {
      ...{ invariant: 'pending-effects', target: rowId(uncounted, 8), expected: 'nothing pending' },
      found: `not counted by its batch, since ${LONG_AGO}`,
    },
  };
}

const BROKEN = [
  'a count of a course',
  'a count of an instructor',
  'a lost creation event',
  'a lost segment',
  'numbers of a batch',
  'numbers of an undo',
  'a failed row that nobody lists',
  'the counts of a group',
  'a forgotten lease of a chunk',
  'a forgotten lease of a failed item',
  'effects that stay pending',
  'audit segments that stay pending',
  'a settlement that stays pending',
];

describe('data that somebody has broken by hand', () => {
  let broken: Record<string, Broken>;
  let first: CheckRunDetail;

  beforeAll(async () => {
    broken = await breakEverything();
    first = await check();
  }, 60_000);

  it.each(BROKEN)('names %s, with both values and what a repair does', (name) => {
    const { target, ...difference } = broken[name] ?? { target: '' };

    expect(findingsAbout(first, target)).toMatchObject([
      { ...difference, state: 'open', repair: expect.stringMatching(/./), advice: null },
    ]);
  });

  it('names nothing else, and finds the same a second time', async () => {
    const again = await check();

    expect(Object.keys(broken)).toEqual(BROKEN);
    expect(linesOf(first)).toHaveLength(BROKEN.length);
    expect(linesOf(again)).toEqual(linesOf(first));
  });

  it('repairs everything once, with an audit event each, and then has no difference', async () => {
    const outcomes = await repairAll(first.run.runId, CHECKER, newRequestId());
    const repeated = await repairAll(first.run.runId, CHECKER, newRequestId());
    const after = await check();

    expect(outcomes.filter(({ outcome }) => outcome !== 'repaired')).toEqual([]);
    expect(outcomes).toHaveLength(BROKEN.length);
    expect(repeated).toEqual([]);
    expect(linesOf(after)).toEqual([]);
    for (const { invariant, target } of Object.values(broken)) {
      expect(await repairEventsOf(invariant, target)).toMatchObject([
        { action: 'REPAIR', actor: { id: CHECKER.id }, resource: { invariant, target } },
      ]);
    }
  });

  it('is as it was before somebody broke it', async () => {
    const targetOf = (name: string) => broken[name]?.target ?? '';
    const [batchId = ''] = targetOf('a lost segment').split('/');

    expect(await courseItem(targetOf('a count of a course'))).toMatchObject({ assignmentCount: 3 });
    expect(await userItem(targetOf('a count of an instructor'))).toMatchObject({ assignmentsCreated: 3 });
    expect(await eventsOf(targetOf('a lost creation event'))).toMatchObject([
      { action: 'CREATE_ASSIGNMENT' },
    ]);
    expect((await segmentEventsOf(batchId)).map(({ batch }) => batch?.rowNumber)).toEqual(
      Array.from({ length: 9 }, (_, at) => at + 2),
    );
    expect(await batchOf(targetOf('numbers of a batch'))).toMatchObject({ created: 5, waiting: 0 });
    const unlisted = { batchId: targetOf('a failed row that nobody lists') };
    expect(await itemOf(rowId(unlisted, 3))).toMatchObject({ state: 'open', payload: { title: 'Row 3' } });
    expect(await itemOf(targetOf('a forgotten lease of a failed item'))).toMatchObject({ state: 'unknown' });
    expect((await assignmentItem(targetOf('effects that stay pending')))?.pendingEffects).toBeUndefined();
    expect(await batchOf(targetOf('audit segments that stay pending'))).toMatchObject({ pendingSegments: 0 });
  });
});
