import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { failedItemResourceKey } from '@/lib/server/audit-log/audit-event-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { actOnItems } from '@/lib/server/failed-items/act-on-items';
import { type FailedItemItem, itemPlace } from '@/lib/server/failed-items/failed-item';
import { keyOfId, rowName } from '@/lib/server/failed-items/failed-item-key';
import type { Asking, ItemAction } from '@/lib/server/failed-items/item-action';
import { readItem } from '@/lib/server/failed-items/read-items';
import { itemsSettled } from '@/lib/server/failed-items/settle/settle-items';
import { newRequestId } from '@/lib/server/request-id';
import { type FailedItemEvent, failedItemEventSchema } from '@/lib/shared/audit-event';
import { aReadyBatch, numbersOf, runBatch, type StoredBatch } from '@/tests/support/batches';
import { assignmentsOf, courseItem, userItem } from '@/tests/support/factories';
import { leaveUnprocessed } from '@/tests/support/faults';

/** Somebody of the operations team. */
export const OPS = { id: 'user_ops', role: 'ops', department: 'IT Services', name: 'Olga Peters' } as const;

export const asking = (overrides: Partial<Asking> = {}): Asking => ({
  actor: OPS,
  requestId: newRequestId(),
  asOf: new Date().toISOString(),
  reason: null,
  bulkId: null,
  ...overrides,
});

/** A batch that has ended with these rows failed, because their writes were throttled to the end. */
export async function aBatchWithFailures({
  rows = 10,
  failed = [3],
  chunks = [rows],
}: {
  rows?: number;
  failed?: number[];
  chunks?: number[];
} = {}): Promise<StoredBatch> {
  const batch = await aReadyBatch({ chunks });
  const isOver = leaveUnprocessed(
    failed.map((row) => `"Row ${row}"`),
    { table: env.ASSIGNMENTS_TABLE },
  );
  await runBatch(batch);
  isOver();
  return batch;
}

/** The id of the failed item of a row. */
export const rowId = ({ batchId }: { batchId: string }, rowNumber: number) => rowName(batchId, rowNumber).id;

/** Acts on items and waits until everything that follows from it has been counted. */
export async function act(ids: string[], action: ItemAction, overrides: Partial<Asking> = {}) {
  const outcomes = await actOnItems(ids, action, asking(overrides));
  await itemsSettled();
  await effectsApplied();
  return outcomes;
}

export const retry = (ids: string[], overrides: Partial<Asking> = {}) =>
  act(ids, { action: 'retry' }, overrides);

/** The stored failed item. */
export const itemOf = (id: string): Promise<FailedItemItem> => readItem(id, newRequestId());

/** Changes attributes of a stored item by hand. */
export async function setOnItem(id: string, values: Record<string, unknown>): Promise<void> {
  const names = Object.keys(values);
  await documentClient.send(
    new UpdateCommand({
      ...itemPlace(keyOfId(id)),
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
    }),
  );
}

/** Every stored audit event of a failed item, oldest first. */
export async function failedItemEventsOf(id: string): Promise<FailedItemEvent[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.AUDIT_TABLE,
      IndexName: 'byResource',
      KeyConditionExpression: 'resourceKey = :resource',
      ExpressionAttributeValues: { ':resource': failedItemResourceKey(id) },
    }),
  );
  return Items.map((item) => failedItemEventSchema.parse(item));
}

/** The promise: numbers, counters and events say the same as the data. */
export async function expectAllCounted(batch: StoredBatch, created: number, rows = 10): Promise<void> {
  expect(await assignmentsOf(batch.courseId)).toHaveLength(created);
  expect(await courseItem(batch.courseId)).toMatchObject({ assignmentCount: created });
  expect(await userItem(batch.actor.id)).toMatchObject({ assignmentsCreated: created });
  expect(await numbersOf(batch.batchId)).toMatchObject({ rows, created, waiting: 0 });
}
