import { DynamoDBClient, ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { startThrottlingProxy, type ThrottlingProxy } from '@/lib/server/demo/throttling-proxy';
import { env } from '@/lib/server/env';

const LIMITED = env.ASSIGNMENTS_TABLE;
const FREE = env.USERS_TABLE;
const CAPACITY = { unitsPerSecond: 0.001, burstUnits: 10 };

let proxy: ThrottlingProxy;
let client: DynamoDBDocumentClient;

async function throttle(options: Partial<Parameters<typeof startThrottlingProxy>[0]> = {}): Promise<void> {
  proxy = await startThrottlingProxy({
    tables: [{ name: LIMITED, hash: 'assignmentId' }],
    engine: env.DYNAMODB_ENDPOINT,
    ...CAPACITY,
    ...options,
  });
  client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: proxy.endpoint,
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    }),
  );
}

const item = (assignmentId: string, more: object = {}) => ({ assignmentId, ...more });
const batch = (ids: string[]) =>
  new BatchWriteCommand({
    RequestItems: { [LIMITED]: ids.map((id) => ({ PutRequest: { Item: item(id) } })) },
  });
const ids = (mark: string, count: number) =>
  Array.from({ length: count }, (_, position) => `${mark}-${position}`);
const read = async (assignmentId: string) =>
  (await client.send(new GetCommand({ TableName: LIMITED, Key: { assignmentId } }))).Item;

beforeEach(() => throttle());
afterEach(() => proxy.stop());

it('takes of a batch what has capacity, and hands the rest back unprocessed', async () => {
  const { UnprocessedItems } = await client.send(batch(ids('partly', 25)));

  expect(UnprocessedItems?.[LIMITED]?.map(({ PutRequest }) => PutRequest?.Item)).toEqual(
    ids('partly', 25)
      .slice(10)
      .map((id) => item(id)),
  );
  expect(await read('partly-9')).toEqual(item('partly-9'));
  expect(await read('partly-10')).toBeUndefined();
  expect(proxy.ledger(LIMITED)?.summary()).toMatchObject({
    calls: 1,
    refusedCalls: 0,
    acceptedUnits: 10,
    refusedUnits: 15,
  });
});

it('refuses a batch of which nothing has capacity, with the reason that DynamoDB names', async () => {
  await client.send(batch(ids('all', 10)));

  const thrown = await client.send(batch(ids('none', 3))).catch((error: unknown) => error);

  expect(thrown).toBeInstanceOf(ProvisionedThroughputExceededException);
  expect(thrown).toMatchObject({
    ThrottlingReasons: [
      {
        reason: 'TableWriteProvisionedThroughputExceeded',
        resource: expect.stringContaining(`table/${LIMITED}`),
      },
    ],
  });
});

it('refuses a single write whole', async () => {
  const large = item('large', { text: 'a'.repeat(11 * 1024) });

  await expect(client.send(new PutCommand({ TableName: LIMITED, Item: large }))).rejects.toThrow(
    /throughput/,
  );

  expect(await read('large')).toBeUndefined();
});

it('counts a transaction twice, and cancels it whole with a reason for each of its writes', async () => {
  const put = (TableName: string, Item: object) => ({ Put: { TableName, Item } });
  const writes = (count: number) => [
    put(FREE, { userId: 'free' }),
    ...ids('together', count).map((id) => put(LIMITED, item(id))),
  ];

  const thrown = await client
    .send(new TransactWriteCommand({ TransactItems: writes(6) }))
    .catch((error: unknown) => error);

  const limited = { Code: 'ProvisionedThroughputExceeded' };
  expect(thrown).toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, ...Array.from({ length: 6 }, () => limited)],
  });
  await client.send(new TransactWriteCommand({ TransactItems: writes(5) }));
  expect(proxy.ledger(LIMITED)?.summary()).toMatchObject({ acceptedUnits: 10, acceptedWrites: 5 });
});

it('lets other tables and all reads pass', async () => {
  proxy.change({ isClosed: true });

  await client.send(new PutCommand({ TableName: FREE, Item: { userId: 'someone' } }));

  expect(await read('anything')).toBeUndefined();
  expect(proxy.ledger(LIMITED)?.summary().calls).toBe(0);
});

it('keeps a failed condition out of the ledger', async () => {
  const put = new PutCommand({
    TableName: LIMITED,
    Item: item('once'),
    ConditionExpression: 'attribute_not_exists(assignmentId)',
  });
  await client.send(put);

  await expect(client.send(put)).rejects.toThrow(/conditional/);

  expect([...(proxy.ledger(LIMITED)?.accepted() ?? [])]).toEqual([['once', 1]]);
});

it('says by HTTP what it took, and changes its limit while it runs', async () => {
  const control = async (method: string, body: string | null = null) =>
    z
      .record(z.string(), z.looseObject({}))
      .parse(await (await fetch(`${proxy.endpoint}/throttle`, { method, body })).json());
  await client.send(batch(ids('control', 4)));

  const before = await control('GET');
  const closed = await control('POST', JSON.stringify({ isClosed: true }));
  const refused = await client.send(batch(ids('closed', 1))).catch((error: unknown) => error);
  await control('POST', JSON.stringify({ isClosed: false }));
  await client.send(batch(ids('open', 1)));
  const after = await control('DELETE');

  expect(before[LIMITED]).toMatchObject({ acceptedUnits: 4, unitsPerSecond: CAPACITY.unitsPerSecond });
  expect(closed[LIMITED]).toMatchObject({ unitsPerSecond: 0 });
  expect(refused).toBeInstanceOf(ProvisionedThroughputExceededException);
  expect(after[LIMITED]).toMatchObject({ calls: 0, acceptedUnits: 0 });
});

it('keeps writes in its ledger alone when it is told to', async () => {
  proxy.stop();
  await throttle({ keepsWritesIn: 'ledger' });

  await client.send(batch(ids('ledger', 2)));

  expect(proxy.ledger(LIMITED)?.accepted().get('ledger-1')).toBe(1);
  expect(await read('ledger-1')).toBeUndefined();
});
