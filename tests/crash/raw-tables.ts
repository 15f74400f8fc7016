import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { env } from '@/lib/server/env';

export type Item = Record<string, unknown>;

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const endpoint = env.DYNAMODB_ENDPOINT ?? '';

/** A client of its own: what the product reads and counts is not to be trusted here. */
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'local', endpoint, credentials }));

/** One item, as it is at this moment. */
export async function rawItem(table: string, key: Record<string, string>): Promise<Item | undefined> {
  const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  return (await client.send(command)).Item;
}

/** Every item of a partition. */
export async function rawPartition(table: string, key: string, value: string): Promise<Item[]> {
  const found: Item[] = [];
  let startKey: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': value },
        ConsistentRead: true,
        ExclusiveStartKey: startKey,
      }),
    );
    found.push(...(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return found;
}

/** The ids of the batches that were made last, of whatever kind and state. */
export async function rawLatestBatches(limit: number): Promise<string[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: env.BATCHES_TABLE,
      IndexName: 'byCreation',
      KeyConditionExpression: 'listKey = :list',
      ExpressionAttributeValues: { ':list': 'BATCHES' },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map(({ batchId }) => String(batchId));
}

/** Every assignment there is, whoever wrote it. */
export async function rawAssignments(): Promise<Item[]> {
  const found: Item[] = [];
  let startKey: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: env.ASSIGNMENTS_TABLE,
        ProjectionExpression:
          'assignmentId, batchId, rowNumber, courseId, instructorId, title, version, pendingSince',
        ConsistentRead: true,
        ExclusiveStartKey: startKey,
      }),
    );
    found.push(...(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return found;
}

/** The row numbers of the audit events in the segments of a batch, each as often as there is an event for it. */
export async function rawEventRows(batchId: string, action: string): Promise<number[]> {
  const segments = await rawPartition(env.AUDIT_TABLE, 'lane', `S#${batchId}`);
  return segments
    .filter((segment) => segment.action === action)
    .flatMap((segment) => {
      let rowNumber = 0;
      return unpacked(segment).rowSteps.map((step: number) => {
        rowNumber += step;
        return rowNumber;
      });
    });
}

/** The row numbers of the single create events of rows of a batch, which retries write. */
export async function rawSingleEventRows(batchId: string): Promise<number[]> {
  const rows: number[] = [];
  let startKey: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: env.AUDIT_TABLE,
        FilterExpression: '#action = :create AND #batch.batchId = :batchId',
        ExpressionAttributeNames: { '#action': 'action', '#batch': 'batch' },
        ExpressionAttributeValues: { ':create': 'CREATE_ASSIGNMENT', ':batchId': batchId },
        ConsistentRead: true,
        ExclusiveStartKey: startKey,
      }),
    );
    rows.push(...(page.Items ?? []).map(({ batch }) => Number(Object(batch).rowNumber)));
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return rows;
}

/** What an item holds packed as JSON: rows of a file gzipped, rows of an audit segment in brotli. */
export function unpacked({ packed }: Item) {
  if (!(packed instanceof Uint8Array)) throw new Error('The item holds nothing packed');
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  return JSON.parse((isGzip ? gunzipSync(packed) : brotliDecompressSync(packed)).toString('utf8'));
}
