import { batchWrite } from '@/lib/server/batch-write';
import type { Heartbeat } from '@/lib/server/batches/accept/receive-heartbeat';
import { chunkPart, rowsPart } from '@/lib/server/batches/batch-item';
import { CHUNK_BYTES, CHUNK_ROWS } from '@/lib/server/batches/chunks/chunk';
import type { ChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { packJson } from '@/lib/server/batches/chunks/pack-json';
import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';
import type { Batch, BulkKind } from '@/lib/shared/batch';
import { CANARY } from '@/lib/shared/failed-item';

type Storing = { batchId: string; kind: BulkKind; heartbeat: Heartbeat; requestId: string };

/**
 * Freezes a list of targets as chunks, page by page as they come. Of a large retry the first chunk is the canary.
 * @returns the numbers of the batch that follow from it
 * @throws {AppError} where DynamoDB refused, or the batch was ended meanwhile
 */
export async function storeTargets(
  pages: AsyncIterable<string[]>,
  { batchId, kind, heartbeat, requestId }: Storing,
): Promise<Pick<Batch, 'rows' | 'chunks' | 'canary'>> {
  let rows = 0;
  let chunks = 0;
  for await (const targets of groupTargets(pages, kind === 'retry')) {
    heartbeat.requireAlive();
    chunks += 1;
    await storeChunk(targets, { batchId, chunk: chunks, firstRow: rows + 1, requestId });
    rows += targets.length;
    heartbeat.tell({ rows, rejected: 0, waiting: rows });
  }
  return { rows, chunks, canary: kind === 'retry' && rows > CANARY.above ? 'waiting' : null };
}

/** Groups of one chunk each; with a canary, nothing leaves before it is known whether there are enough for one. */
async function* groupTargets(
  pages: AsyncIterable<string[]>,
  mayHaveCanary: boolean,
): AsyncGenerator<string[]> {
  let held: string[] = [];
  let isOpen = !mayHaveCanary;
  for await (const page of pages) {
    held = [...held, ...page];
    if (!isOpen && held.length > CANARY.above) {
      isOpen = true;
      yield held.splice(0, CANARY.items);
    }
    while (isOpen && held.length >= CHUNK_ROWS) yield held.splice(0, CHUNK_ROWS);
  }
  while (held.length > 0) yield held.splice(0, CHUNK_ROWS);
}

type Placed = { batchId: string; chunk: number; firstRow: number; requestId: string };

async function storeChunk(targets: string[], { batchId, chunk, firstRow, requestId }: Placed): Promise<void> {
  const packed = await packJson(targets);
  if (packed.byteLength > CHUNK_BYTES) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      `The targets from number ${firstRow} on are too large to be stored`,
    );
  }
  const state: ChunkState = {
    ...{ batchId, chunk, firstRow, lastRow: firstRow + targets.length - 1 },
    state: 'waiting',
    valid: targets.length,
    ...{ rejected: 0, attempts: 0, doneTo: 0, undoneTo: 0, isSegmentPending: false },
    ...{ otherIds: {}, lateRejections: [], byCourse: {}, kept: [] },
    ...{ later: {}, laterCreated: 0, settlements: 0 },
  };
  await batchWrite(
    env.BATCHES_TABLE,
    [
      { PutRequest: { Item: { batchId, part: rowsPart(chunk), packed } } },
      { PutRequest: { Item: { ...state, part: chunkPart(chunk) } } },
    ],
    { operation: 'storeTargets', requestId },
  );
}
