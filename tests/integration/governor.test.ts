import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { flowState } from '@/lib/server/governor/flow-state';
import { newGovernor } from '@/lib/server/governor/governor';
import { knowCapacity } from '@/lib/server/governor/pace';
import { keepShare, sharesKey } from '@/lib/server/governor/share-lease';
import { newRequestId } from '@/lib/server/request-id';
import { aReadyBatch, numbersOf, runBatch } from '@/tests/support/batches';
import { awsError, failCalls, leaveUnprocessed, recordedCalls } from '@/tests/support/faults';

/** A governor of a table of its own, whose capacity is known. */
function aGovernor(table: string, capacity: number) {
  const governor = newGovernor(table);
  governor.known = capacity;
  knowCapacity(governor.pace, capacity, 'setting');
  return governor;
}

async function storeShares(table: string, members: Record<string, number>, capacity: number) {
  const stored = Object.entries(members).map(([id, unitsPerSecond]) => [id, { unitsPerSecond, renewals: 1 }]);
  const Item = { ...sharesKey(table), version: 7, capacity, members: Object.fromEntries(stored) };
  await documentClient.send(new PutCommand({ TableName: env.METRICS_TABLE, Item }));
}

it('leaves another process its share and takes only what is free', async () => {
  const governor = aGovernor('shared', 600);
  await storeShares('shared', { other: 400 }, 600);

  await keepShare(governor, newRequestId());

  expect(governor.pace.rate).toBeCloseTo(200);
  const command = new GetCommand({ TableName: env.METRICS_TABLE, Key: sharesKey('shared') });
  expect((await documentClient.send(command)).Item?.version).toBe(8);
});

it('goes on alone, with all of the capacity, while the store of the shares is down', async () => {
  const governor = aGovernor('alone', 600);
  failCalls(awsError('TimeoutError'), { table: env.METRICS_TABLE });

  await keepShare(governor, newRequestId());

  expect(governor.pace.rate).toBe(600);
});

it('sends a row that was refused again among the rows that still wait', async () => {
  const batch = await aReadyBatch({ chunks: [95] });
  leaveUnprocessed(['"Row 3"'], { table: env.ASSIGNMENTS_TABLE, times: 1 });

  await runBatch(batch);

  expect(await numbersOf(batch.batchId)).toMatchObject({ created: 95, failed: 0 });
  // The fault has taken the row out of its first call.
  const again = recordedCalls().find(
    ({ command, input }) => command === 'BatchWriteItem' && JSON.stringify(input).includes('"Row 3"'),
  );
  expect(JSON.stringify(again?.input).match(/PutRequest/g)?.length).toBeGreaterThan(1);
});

it('shows what it believes, who shares the capacity and what was written', async () => {
  const { policy, tables } = await flowState(newRequestId());

  expect(policy).toBe('fixed');
  expect(tables).toMatchObject([{ table: env.ASSIGNMENTS_TABLE, isAlone: false, slowedTo: 1 }]);
  expect(tables[0]?.workUnits).toBeGreaterThanOrEqual(95);
  expect(tables[0]?.members.filter(({ isOwn }) => isOwn)).toHaveLength(1);
});
