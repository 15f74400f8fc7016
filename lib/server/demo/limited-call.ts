import * as z from 'zod';
import { type WireItem, wireItemSchema, writeUnits } from '@/lib/server/demo/write-units';

/** A table under a limit, and the names of its keys. */
export type LimitedTable = { name: string; hash: string; range?: string };

/** One write of a call to a limited table. `position` is its place in the call, among writes to any table. */
export type LimitedWrite = {
  table: string;
  key: string;
  partitionKey: string;
  units: number;
  position: number;
};

/** The writes of a call that are under a limit, and how many writes it has in all. */
export type LimitedCall = { writes: LimitedWrite[]; writeCount: number };

/** A transaction is written twice, once to prepare and once to commit, and both are counted. */
const TRANSACTION_FACTOR = 2;

const writeSchema = z.object({
  TableName: z.string(),
  Item: wireItemSchema.optional(),
  Key: wireItemSchema.optional(),
  ExpressionAttributeValues: wireItemSchema.optional(),
});

const batchSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: wireItemSchema }).optional(),
        DeleteRequest: z.object({ Key: wireItemSchema }).optional(),
      }),
    ),
  ),
});

const transactionSchema = z.object({ TransactItems: z.array(z.record(z.string(), writeSchema)) });

type Write = z.infer<typeof writeSchema>;

/** The writes of each operation that writes, in the order of the call. */
const WRITES: Record<string, (input: unknown) => Write[]> = {
  PutItem: (input) => [writeSchema.parse(input)],
  UpdateItem: (input) => [writeSchema.parse(input)],
  DeleteItem: (input) => [writeSchema.parse(input)],
  BatchWriteItem: (input) =>
    Object.entries(batchSchema.parse(input).RequestItems).flatMap(([TableName, requests]) =>
      requests.map((request) => ({
        TableName,
        Item: request.PutRequest?.Item,
        Key: request.DeleteRequest?.Key,
      })),
    ),
  TransactWriteItems: (input) =>
    transactionSchema.parse(input).TransactItems.flatMap((entry) => Object.values(entry)),
};

/**
 * What a call writes to limited tables, in write units. Of an update only the request is seen, so it counts by that: what
 * DynamoDB counts, the larger of the item before and after, is known to the table alone.
 */
export function limitedCall(operation: string, body: string, tables: LimitedTable[]): LimitedCall {
  const read = WRITES[operation];
  if (!read) return { writes: [], writeCount: 0 };
  const factor = operation === 'TransactWriteItems' ? TRANSACTION_FACTOR : 1;
  const all = read(JSON.parse(body));
  const writes = all.flatMap((write, position): LimitedWrite[] => {
    const table = tables.find(({ name }) => name === write.TableName);
    if (!table) return [];
    const item = write.Item ?? { ...write.ExpressionAttributeValues, ...write.Key };
    return [{ ...keyOf(item, table), table: table.name, units: writeUnits(item) * factor, position }];
  });
  return { writes, writeCount: all.length };
}

function keyOf(item: WireItem, { hash, range }: LimitedTable): { key: string; partitionKey: string } {
  const text = (name: string) => Object.values(item[name] ?? {}).join();
  return { partitionKey: text(hash), key: range ? `${text(hash)}/${text(range)}` : text(hash) };
}

const requestsSchema = z.looseObject({ RequestItems: z.record(z.string(), z.array(z.unknown())) });

/** The body of a BatchWriteItem call without the writes at these places, and those writes as `UnprocessedItems`. */
export function splitBatch(body: string, positions: ReadonlySet<number>) {
  const input = requestsSchema.parse(JSON.parse(body));
  const [kept, left]: [Record<string, unknown[]>, Record<string, unknown[]>] = [{}, {}];
  let position = 0;
  for (const [table, requests] of Object.entries(input.RequestItems)) {
    for (const request of requests) {
      const side = positions.has(position) ? left : kept;
      side[table] = [...(side[table] ?? []), request];
      position += 1;
    }
  }
  return { kept: JSON.stringify({ ...input, RequestItems: kept }), UnprocessedItems: left };
}
