import type { BatchItem } from '@/lib/server/batches/batch-item';
import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { originOf } from '@/lib/server/batches/chunks/created-rows';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import type { RowEnd } from '@/lib/server/batches/chunks/row-end';
import { commitChunk } from '@/lib/server/batches/run/commit-chunk';
import { oneAtATime } from '@/lib/server/batches/run/one-at-a-time';
import { replaceFailedItems } from '@/lib/server/batches/run/replace-failed-items';
import { type ChunkResult, writeChunk } from '@/lib/server/batches/run/write-chunk';
import type { Watch } from '@/lib/server/batches/worker/watch-batch';
import { workOnChunks } from '@/lib/server/batches/worker/work-on-chunks';
import { log } from '@/lib/server/log';
import type { TakenIdPolicy } from '@/lib/shared/batch';

/**
 * Writes the waiting rows of a running import, chunk by chunk, beside any other process that does the same.
 * @throws {AppError} where a chunk cannot be finished for a reason that lies in no row
 */
export async function writeRows(batch: BatchItem, watch: Watch, requestId: string): Promise<void> {
  const commitOne = oneAtATime();
  await workOnChunks({
    batchId: batch.batchId,
    purpose: 'write',
    watch,
    requestId,
    work: async (claim) => {
      const startedAt = performance.now();
      const rows = await readChunkRows(batch.batchId, claim.chunk.chunk, requestId);
      const origin = originOf(batch, claim.chunk);
      const refused = await replaceFailedItems(rows.rows, batch, requestId);
      const mayBeWritten = ({ rowNumber }: ChunkRow) => !refused.has(rowNumber);
      const written = await writeChunk(rows.rows.filter(mayBeWritten), {
        origin,
        takenIds: batch.takenIds,
        attempt: claim.chunk.attempts,
        requestId,
        mayGoOn: () => watch.mayGoOn() && claim.mayWrite(),
      });
      const ends = rows.rows.map((row) => refused.get(row.rowNumber) ?? endOf(row, written, batch.takenIds));
      if (ends.includes(undefined)) return false;
      const isOurs = await commitOne(() =>
        commitChunk({
          ...{ batch, claim, rows, origin, requestId, startedAt },
          ends: ends.filter((end) => end !== undefined),
          sent: written.sent,
          throttled: written.throttled,
        }),
      );
      log.info(isOurs ? 'chunk committed' : 'chunk taken over by another process, nothing counted', {
        requestId,
        operation: 'writeRows',
        batchId: batch.batchId,
        chunk: claim.chunk.chunk,
        attempt: claim.chunk.attempts,
        rows: rows.rows.length,
        durationMs: Math.round(performance.now() - startedAt),
      });
      return true;
    },
  });
}

/** Undefined where the row was not sent, because the batch was stopped before its turn. */
function endOf(row: ChunkRow, { results }: ChunkResult, takenIds: TakenIdPolicy): RowEnd | undefined {
  const result = results.get(row.rowNumber);
  switch (result?.kind) {
    case 'created':
    case 'failed':
      return result;
    case 'taken':
      return { kind: 'rejected', rejection: takenRejection(row.rowNumber, result.assignmentId, takenIds) };
    default:
      return undefined;
  }
}

function takenRejection(rowNumber: number, assignmentId: string, takenIds: TakenIdPolicy) {
  const exists = `There is an assignment ${assignmentId} already`;
  const field = 'assignmentId';
  return takenIds === 'skip'
    ? { rowNumber, code: 'SKIPPED' as const, field, message: `${exists}, and this batch skips those` }
    : {
        rowNumber,
        code: 'CONDITIONAL_FAILED' as const,
        field,
        message: `${exists}: give another ID, or leave it empty`,
      };
}
