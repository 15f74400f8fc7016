import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { chunkPart } from '@/lib/server/batches/batch-item';
import type { ChunkRows } from '@/lib/server/batches/chunks/chunk';
import { type ChunkState, OUTCOMES, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { RowRejectionCode } from '@/lib/shared/batch';

/** A row that was rejected, before or while the batch ran, cancelled, or discarded after it had failed; `cells` as in the file. */
export type UncreatedRow = {
  rowNumber: number;
  cells: string[];
  code: RowRejectionCode;
  field: string | null;
  message: string;
};

const CANCELLED = {
  code: 'CANCELLED' as const,
  field: null,
  message: 'The batch was cancelled before this row',
};

/** Every row of a batch that was rejected or cancelled, chunk by chunk in the order of the file. */
export async function* uncreatedRows(
  { batchId, chunks }: { batchId: string; chunks: number },
  requestId: string,
): AsyncGenerator<UncreatedRow[]> {
  for (let chunk = 1; chunk <= chunks; chunk++) {
    const state = await readChunkState(batchId, chunk, requestId);
    if (!state || !hasUncreated(state)) continue;
    yield uncreatedOf(state, await readChunkRows(batchId, chunk, requestId));
  }
}

async function readChunkState(
  batchId: string,
  chunk: number,
  requestId: string,
): Promise<ChunkState | undefined> {
  const command = new GetCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: chunkPart(chunk) },
    ConsistentRead: true,
  });
  const context = { operation: 'downloadRejected', requestId, maxRetries: env.MAX_RETRIES };
  const { Item } = await withRetry(() => documentClient.send(command), context);
  return Item && toChunkState(Item);
}

const DISCARDED = {
  code: 'DISCARDED' as const,
  field: null,
  message: 'Somebody discarded this row after it had failed',
};

const discardedRows = ({ later }: ChunkState) =>
  new Set(Object.keys(later).filter((rowNumber) => later[rowNumber]?.outcome === 'rejected'));

function hasUncreated(chunk: ChunkState): boolean {
  const { state, rejected, lateRejections, outcomes = '' } = chunk;
  return (
    rejected + lateRejections.length + discardedRows(chunk).size > 0 ||
    state === 'cancelled' ||
    outcomes.includes(OUTCOMES.cancelled)
  );
}

function uncreatedOf(chunk: ChunkState, { rows, rejected }: ChunkRows): UncreatedRow[] {
  const { state, outcomes, lateRejections } = chunk;
  const discarded = discardedRows(chunk);
  const late = new Map(lateRejections.map((rejection) => [rejection.rowNumber, rejection]));
  const isCancelled = (position: number) =>
    outcomes ? outcomes[position] === OUTCOMES.cancelled : state === 'cancelled';
  const fromValid = rows.flatMap(({ rowNumber, cells }, position): UncreatedRow[] => {
    const rejection = late.get(rowNumber);
    if (rejection) return [{ ...rejection, cells }];
    if (discarded.has(String(rowNumber))) return [{ ...DISCARDED, rowNumber, cells }];
    return isCancelled(position) ? [{ ...CANCELLED, rowNumber, cells }] : [];
  });
  return [...rejected, ...fromValid].sort((a, b) => a.rowNumber - b.rowNumber);
}
