import { chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { type ChunkState, OUTCOMES, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { queryParts } from '@/lib/server/batches/query-parts';
import { creationEvents } from '@/lib/server/consistency/invariants/creation-events-of';

export type WrittenRow = { rowNumber: number; assignmentId: string };

/**
 * How many of these assignments of a batch are counted so far. A row is written before the commit of its chunk counts it,
 * and one that failed may have arrived after all: nobody counts it until its retry finds it.
 * @throws {AppError} what DynamoDB answered
 */
export async function countedRows(batchId: string, rows: WrittenRow[], requestId: string): Promise<number> {
  let counted = 0;
  let hasChunks = false;
  const parts = queryParts({ batchId, first: chunkPart(0), last: chunkPart(LAST_CHUNK) }, requestId);
  for await (const item of parts) {
    hasChunks = true;
    const chunk = toChunkState(item);
    const inside = rows.filter(({ rowNumber }) => rowNumber >= chunk.firstRow && rowNumber <= chunk.lastRow);
    if (inside.length > 0) counted += await countedOfChunk(chunk, inside, requestId);
  }
  return hasChunks ? counted : rows.length;
}

async function countedOfChunk(chunk: ChunkState, rows: WrittenRow[], requestId: string): Promise<number> {
  const { state, outcomes = '' } = chunk;
  if (state !== 'committed') return 0;
  if (/^c*$/.test(outcomes)) return rows.length;
  const created = await createdRowNumbers(chunk, requestId);
  let counted = 0;
  for (const { rowNumber, assignmentId } of rows) {
    if (created.has(rowNumber) || (await creationEvents({ assignmentId }, requestId)) > 0) counted++;
  }
  return counted;
}

/** The rows that the commit of a chunk counted as created. */
export async function createdRowNumbers(chunk: ChunkState, requestId: string): Promise<Set<number>> {
  const { rows } = await readChunkRows(chunk.batchId, chunk.chunk, requestId);
  const created = rows.filter((_, position) => chunk.outcomes?.[position] === OUTCOMES.created);
  return new Set(created.map(({ rowNumber }) => rowNumber));
}
