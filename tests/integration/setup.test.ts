import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { loadDemoData } from '@/lib/server/demo/load-demo-data';
import { dynamodb } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { listFailedItems } from '@/lib/server/failed-items/list-failed-items';
import { newRequestId } from '@/lib/server/request-id';
import { createTables, missingTables } from '@/lib/server/tables';
import { failedItemListSchema } from '@/lib/shared/failed-item';
import { courseItem } from '@/tests/support/factories';
import { aBatchWithFailures } from '@/tests/support/failed-items';
import { recordedCalls } from '@/tests/support/faults';

describe('the tables', () => {
  it('are created once: setting up again, also at the same moment, changes nothing', async () => {
    const created = await Promise.all([createTables(), createTables()]);

    expect(created).toEqual([[], []]);
    expect(await missingTables()).toEqual([]);
    expect(recordedCalls().map(({ command }) => command)).not.toContain('CreateTable');
  });
});

describe('tables of an earlier version', () => {
  it('get the indexes that have come since, with what they hold already', async () => {
    const TableName = env.FAILED_ITEMS_TABLE;
    const batch = await aBatchWithFailures();
    await dynamodb.send(
      new UpdateTableCommand({
        TableName,
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byBucket' } }],
      }),
    );

    await createTables();

    const filter = failedItemListSchema.parse({});
    const { items } = await listFailedItems(filter, newRequestId());
    expect(items.map(({ batchId }) => batchId)).toEqual([batch.batchId]);
  });
});

describe('the demo data', () => {
  it('is loaded once: 22 courses, 5 accounts, 54 assignments, and counters that equal them', async () => {
    expect(await loadDemoData()).toEqual({ courses: 22, users: 5, assignments: 54, failedItems: 0 });
    const first = await courseItem('BBB-2013B');

    await loadDemoData();

    expect(first).toMatchObject({ assignmentCount: 12 });
    expect(await courseItem('BBB-2013B')).toEqual(first);
    expect(await courseItem('GGG-2014J')).toMatchObject({ assignmentCount: 0 });
  });
});
