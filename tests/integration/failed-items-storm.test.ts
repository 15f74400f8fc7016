import { describe, expect, it } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { env } from '@/lib/server/env';
import { actOnItems } from '@/lib/server/failed-items/act-on-items';
import type { ItemAction } from '@/lib/server/failed-items/item-action';
import { lookAfterItems } from '@/lib/server/failed-items/settle/look-after-items';
import { itemsSettled } from '@/lib/server/failed-items/settle/settle-items';
import { newRequestId } from '@/lib/server/request-id';
import { failedItemsOf, numbersOf, type StoredBatch, segmentEventsOf } from '@/tests/support/batches';
import { assignmentsOf, courseItem, eventsOf, userItem } from '@/tests/support/factories';
import { aBatchWithFailures, asking, itemOf, rowId, setOnItem } from '@/tests/support/failed-items';
import { awsError, failSome, loseSome } from '@/tests/support/faults';
import { createRandom, type Random } from '@/tests/support/random';

const FAILED = Array.from({ length: 30 }, (_, at) => at * 2 + 2);
const PEOPLE = 4;
const ACTIONS_EACH = 12;

const ACTIONS: ItemAction[] = [
  { action: 'retry' },
  { action: 'retry' },
  { action: 'retry', patch: { points: 7 } },
  { action: 'discard', reason: 'Not needed' },
  { action: 'restore' },
  { action: 'snooze', until: '2000-01-01T00:00:00.000Z' },
];

/** Everything that may go wrong on the way to DynamoDB and back does, to a share of the calls. */
function badDay(random: Random): (() => void)[] {
  return [
    failSome(() => awsError('TimeoutError'), 0.08, { command: 'TransactWriteItems' }, random.next),
    failSome(() => awsError('ProvisionedThroughputExceededException'), 0.08, {}, random.next),
    failSome(() => awsError('ResourceNotFoundException'), 0.05, { table: env.AUDIT_TABLE }, random.next),
    loseSome(0.1, { command: 'TransactWriteItems' }, random.next),
    loseSome(0.05, { command: 'UpdateItem' }, random.next),
  ];
}

async function person(ids: string[], random: Random): Promise<void> {
  for (let turn = 0; turn < ACTIONS_EACH; turn++) {
    const chosen = ids.filter(() => random.chance(0.3));
    const action = ACTIONS[random.between(0, ACTIONS.length - 1)];
    // What a person gets to see is not the point here: the data is.
    if (action) await actOnItems(chosen, action, asking()).catch(() => undefined);
    await lookAfterItems(newRequestId()).catch(() => undefined);
  }
}

/** The weather clears, leases end, and the workers do what is left. */
async function comeToRest(ids: string[]): Promise<void> {
  await itemsSettled();
  await effectsApplied();
  for (const id of ids) {
    const { state } = await itemOf(id);
    const past = '2000-01-01T00:00:00.000Z';
    if (state === 'retrying') await setOnItem(id, { leasedUntil: past, nextLookAt: past });
  }
  for (let round = 0; round < 4; round++) await lookAfterItems(newRequestId());
  await sweepEffects('9999', newRequestId());
}

async function expectEveryRowOnce(batch: StoredBatch): Promise<void> {
  const items = await failedItemsOf(batch.batchId);
  const inState = (isWanted: (state: string) => boolean) =>
    items.filter(({ state }) => isWanted(String(state))).length;
  const created = 60 - FAILED.length + inState((state) => state === 'succeeded');
  const discarded = inState((state) => state === 'discarded');

  expect(await numbersOf(batch.batchId)).toMatchObject({
    ...{ rows: 60, created, rejected: discarded, failed: 60 - created - discarded, waiting: 0 },
  });
  expect(items.filter(({ state }) => state !== 'succeeded' && state !== 'discarded')).toHaveLength(
    60 - created - discarded,
  );
  const assignments = await assignmentsOf(batch.courseId);
  expect(new Set(assignments.map(({ title }) => title)).size).toBe(assignments.length);
  expect(assignments).toHaveLength(created);
  expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: created });
  expect(await userItem(batch.actor.id)).toMatchObject({ assignmentsCreated: created });
}

async function expectOneEventEach(batch: StoredBatch): Promise<void> {
  const inSegments = (await segmentEventsOf(batch.batchId)).map(({ resource }) => resource.assignmentId);
  for (const { assignmentId } of await assignmentsOf(batch.courseId)) {
    const alone = await eventsOf(String(assignmentId));
    const events = alone.length + inSegments.filter((id) => id === assignmentId).length;
    expect({ assignmentId, events }).toEqual({ assignmentId, events: 1 });
  }
}

describe('failed items on a bad day', () => {
  it.each([1, 2, 3])(
    'end in exactly one state with true numbers, whatever people press and whatever is lost (seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      const batch = await aBatchWithFailures({ failed: FAILED, chunks: [20, 20, 20] });
      const ids = FAILED.map((row) => rowId(batch, row));
      const clear = badDay(random);

      await Promise.all(Array.from({ length: PEOPLE }, () => person(ids, random)));
      for (const end of clear) end();
      await comeToRest(ids);

      await expectEveryRowOnce(batch);
      await expectOneEventEach(batch);
    },
  );
});
