import { chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { type ChunkState, OUTCOMES, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { queryParts } from '@/lib/server/batches/query-parts';

/** The numbers of an import as its chunks know them, and those that an undo of it should have. */
export type Sums = {
  rows: number;
  created: number;
  rejected: number;
  failed: number;
  waiting: number;
  deleted: number;
  kept: number;
  chunks: number;
};

const NOTHING: Sums = {
  ...{ rows: 0, created: 0, rejected: 0, failed: 0, waiting: 0, deleted: 0, kept: 0, chunks: 0 },
};

/**
 * Adds up the chunks of an import.
 * @throws {AppError} what DynamoDB answered
 */
export async function sumChunks(batchId: string, requestId: string): Promise<Sums> {
  let sums = NOTHING;
  const parts = queryParts({ batchId, first: chunkPart(0), last: chunkPart(LAST_CHUNK) }, requestId);
  for await (const item of parts) sums = plus(sums, sumsOf(toChunkState(item)));
  return sums;
}

function plus(first: Sums, second: Sums): Sums {
  return {
    rows: first.rows + second.rows,
    created: first.created + second.created,
    rejected: first.rejected + second.rejected,
    failed: first.failed + second.failed,
    waiting: first.waiting + second.waiting,
    deleted: first.deleted + second.deleted,
    kept: first.kept + second.kept,
    chunks: first.chunks + second.chunks,
  };
}

/** A row is where its commit has put it, or where a retry or a discard has moved it later. */
function sumsOf(chunk: ChunkState): Sums {
  const { state, valid, rejected, outcomes = '', later, byCourse } = chunk;
  const committed = (outcome: string) => [...outcomes].filter((letter) => letter === outcome).length;
  const moved = (outcome: string) => Object.values(later).filter((end) => end.outcome === outcome).length;
  const tallies = Object.values(byCourse);
  return {
    rows: valid + rejected,
    created: committed(OUTCOMES.created) + moved('created'),
    rejected:
      rejected +
      committed(OUTCOMES.rejected) +
      committed(OUTCOMES.cancelled) +
      moved('rejected') +
      (state === 'cancelled' ? valid : 0),
    failed: committed(OUTCOMES.failed) - Object.keys(later).length,
    waiting: state === 'waiting' || state === 'leased' ? valid : 0,
    deleted: tallies.reduce((sum, { deleted }) => sum + deleted, 0),
    kept: tallies.reduce((sum, { kept }) => sum + kept, 0),
    chunks: 1,
  };
}
