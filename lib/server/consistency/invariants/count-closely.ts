import * as z from 'zod';
import { batchGet } from '@/lib/server/batch-get';
import { countedRows, type WrittenRow } from '@/lib/server/consistency/invariants/counted-rows';
import { queryStored } from '@/lib/server/consistency/read-stored';
import { env } from '@/lib/server/env';
import { EFFECTS, type Effect } from '@/lib/shared/assignment';

/** BatchGetItem takes at most 100 keys. */
const KEYS_AT_ONCE = 100;

/** The assignments that one counter counts, by the index that lists them. */
export type CountedSet = { index: 'byCourse' | 'byInstructor'; key: string; id: string; effect: Effect };

const countedSchema = z.object({
  assignmentId: z.string(),
  pendingEffects: z.set(z.enum(EFFECTS)).default(new Set()),
  batchId: z.string().optional(),
  rowNumber: z.int().optional(),
});

/** The query for the assignments of a counter. */
export function countedQuery({ index, key, id }: CountedSet) {
  return {
    TableName: env.ASSIGNMENTS_TABLE,
    IndexName: index,
    KeyConditionExpression: '#key = :id',
    ExpressionAttributeNames: { '#key': key },
    ExpressionAttributeValues: { ':id': id },
  };
}

/**
 * Counts the assignments that a counter must have counted by now, one by one: those whose effect is not pending, and of the
 * rows of batches those that their chunks count.
 * @throws {AppError} what DynamoDB answered
 */
export async function countClosely(set: CountedSet, requestId: string): Promise<number> {
  let counted = 0;
  const rowsByBatch = new Map<string, WrittenRow[]>();
  const query = { ...countedQuery(set), ProjectionExpression: 'assignmentId', Limit: KEYS_AT_ONCE };
  for await (const listed of queryStored(query, requestId)) {
    const applied = (await readListed(listed, requestId)).filter(
      ({ pendingEffects }) => !pendingEffects.has(set.effect),
    );
    const rows = applied.flatMap(rowOf);
    counted += applied.length - rows.length;
    for (const row of rows) add(rowsByBatch, row);
  }
  for (const [batchId, rows] of rowsByBatch) counted += await countedRows(batchId, rows, requestId);
  return counted;
}

type Counted = z.infer<typeof countedSchema>;

/** The index may lag behind; the items themselves say what is still pending. */
async function readListed(listed: Record<string, unknown>[], requestId: string): Promise<Counted[]> {
  if (listed.length === 0) return [];
  const keys = listed.map(({ assignmentId }) => ({ assignmentId }));
  const items = await batchGet(env.ASSIGNMENTS_TABLE, keys, { operation: 'countClosely', requestId });
  return items.map((item) => countedSchema.parse(item));
}

type Row = WrittenRow & { batchId: string };

function add(rowsByBatch: Map<string, WrittenRow[]>, { batchId, ...row }: Row): void {
  const rows = rowsByBatch.get(batchId);
  if (rows) rows.push(row);
  else rowsByBatch.set(batchId, [row]);
}

function rowOf({ assignmentId, batchId, rowNumber }: Counted): Row[] {
  return batchId === undefined || rowNumber === undefined ? [] : [{ assignmentId, batchId, rowNumber }];
}
