import * as z from 'zod';
import { chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { type ChunkState, OUTCOMES, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { queryParts } from '@/lib/server/batches/query-parts';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { Finding } from '@/lib/server/consistency/invariants/invariant';
import { queryStored } from '@/lib/server/consistency/read-stored';
import { env } from '@/lib/server/env';
import { batchOrigin } from '@/lib/server/failed-items/failed-item-key';

/** A row that its chunk counts as failed, and that is not listed. */
export type UnlistedRow = { chunk: ChunkState; rowNumber: number };

export type FailedLook = {
  finding: Finding | 'moving' | undefined;
  read: number;
  /** Of the batch; of its failed items; of its chunks. */
  stored: number;
  listed: number;
  unlisted: UnlistedRow[];
};

const itemSchema = z.object({
  rowNumber: z.int(),
  counted: z.string().nullable(),
  row: z.object({ chunk: z.int() }).nullable(),
});

/**
 * Compares the number of failed rows of a batch with its failed items. Items are listed before the commit of their chunk
 * counts them, so those of other chunks are left out.
 * @throws {AppError} what DynamoDB answered
 */
export async function lookAtFailed(batchId: string, requestId: string): Promise<FailedLook> {
  const before = await readBatchItem(batchId, requestId);
  if (before.kind !== 'import' || before.state === 'receiving' || before.state === 'failed_to_receive') {
    return { finding: undefined, read: 1, stored: 0, listed: 0, unlisted: [] };
  }
  const items = await itemsOf(batchId, requestId);
  const chunks = before.failed === items.length ? [] : await committedChunks(batchId, requestId);
  const counted = new Set(chunks.map(({ chunk }) => chunk));
  const listedItems = chunks.length === 0 ? items : items.filter(({ row }) => row && counted.has(row.chunk));
  const listed = listedItems.length;
  const after = await readBatchItem(batchId, requestId);
  const look = { read: 2 + items.length + chunks.length, stored: before.failed, listed, unlisted: [] };
  if (before.failed !== after.failed) return { ...look, finding: 'moving' };
  if (listed === before.failed) return { ...look, finding: undefined };
  const unlisted = await unlistedRows(chunks, new Set(items.map(({ rowNumber }) => rowNumber)), requestId);
  return { ...look, unlisted, finding: findingOf(batchId, { ...look, unlisted }) };
}

function findingOf(target: string, { stored, listed, unlisted }: Omit<FailedLook, 'finding'>): Finding {
  const common = { target, expected: listed, found: stored };
  const count = unlisted.length;
  if (count > 0) {
    return {
      ...common,
      repair: `Lists ${count} ${count === 1 ? 'row' : 'rows'} again whose failed ${count === 1 ? 'item is' : 'items are'} missing`,
      advice: null,
    };
  }
  const repair = `Replaces ${stored} by ${listed} on the batch, while it is still ${stored}`;
  return { ...common, repair, advice: null };
}

/** The failed items that the batch counts as failed: an item that has just ended is moved by its settlement. */
async function itemsOf(batchId: string, requestId: string) {
  const query = {
    TableName: env.FAILED_ITEMS_TABLE,
    KeyConditionExpression: 'origin = :origin',
    FilterExpression: 'counted = :failed',
    ProjectionExpression: 'rowNumber, counted, #row',
    ExpressionAttributeNames: { '#row': 'row' },
    ExpressionAttributeValues: { ':origin': batchOrigin(batchId), ':failed': 'failed' },
    ConsistentRead: true,
  };
  const items: z.infer<typeof itemSchema>[] = [];
  for await (const page of queryStored(query, requestId))
    items.push(...page.map((item) => itemSchema.parse(item)));
  return items;
}

async function committedChunks(batchId: string, requestId: string): Promise<ChunkState[]> {
  const chunks: ChunkState[] = [];
  const parts = queryParts({ batchId, first: chunkPart(0), last: chunkPart(LAST_CHUNK) }, requestId);
  for await (const item of parts) {
    const chunk = toChunkState(item);
    if (chunk.state === 'committed') chunks.push(chunk);
  }
  return chunks;
}

async function unlistedRows(
  chunks: ChunkState[],
  listed: Set<number>,
  requestId: string,
): Promise<UnlistedRow[]> {
  const unlisted: UnlistedRow[] = [];
  for (const chunk of chunks) {
    const { outcomes = '', later, batchId } = chunk;
    if (!outcomes.includes(OUTCOMES.failed)) continue;
    const { rows } = await readChunkRows(batchId, chunk.chunk, requestId);
    const failed = rows.filter(
      ({ rowNumber }, position) =>
        outcomes[position] === OUTCOMES.failed && !later[String(rowNumber)] && !listed.has(rowNumber),
    );
    unlisted.push(...failed.map(({ rowNumber }) => ({ chunk, rowNumber })));
  }
  return unlisted;
}
