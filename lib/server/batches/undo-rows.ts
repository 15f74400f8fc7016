import type { BatchItem } from '@/lib/server/batches/batch-item';
import type { ChunkRow } from '@/lib/server/batches/chunk';
import type { Claim } from '@/lib/server/batches/chunk-lease';
import { OUTCOMES } from '@/lib/server/batches/chunk-state';
import { oneAtATime } from '@/lib/server/batches/one-at-a-time';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { readChunkRows } from '@/lib/server/batches/read-chunk-rows';
import { rowAssignment } from '@/lib/server/batches/row-assignment';
import { takeBackRows, type UndoRow } from '@/lib/server/batches/take-back-rows';
import type { Watch } from '@/lib/server/batches/watch-batch';
import { workOnChunks } from '@/lib/server/batches/work-on-chunks';
import { originOf } from '@/lib/server/batches/write-rows';
import { log } from '@/lib/server/log';

/** Rows taken back in one transaction of at most 100 writes: each is a write, and each may be in another course. */
const ROWS_AT_ONCE = 45;

/**
 * Takes back the created rows of the batch that `undo` undoes, chunk by chunk, beside any other process that does the
 * same.
 * @throws {AppError} where DynamoDB refused
 */
export async function undoRows(undo: BatchItem, watch: Watch, requestId: string): Promise<void> {
  if (undo.undoes === null) return;
  const source = await readBatchItem(undo.undoes, requestId);
  const commitOne = oneAtATime();
  await workOnChunks({
    batchId: source.batchId,
    purpose: 'undo',
    watch,
    requestId,
    work: async (claim) => {
      const slices = slicesOf(await createdRows(source, claim, requestId), claim.chunk.undoneTo);
      for (const rows of slices) {
        if (!watch.mayGoOn() || !claim.mayWrite()) return false;
        const isLast = rows === slices.at(-1);
        const slice = { ...{ undo, source, claim, rows, isLast, requestId } };
        if (!(await commitOne(() => takeBackRows(slice)))) return true;
      }
      log.info('chunk taken back', {
        requestId,
        operation: 'undoRows',
        batchId: undo.batchId,
        chunk: claim.chunk.chunk,
      });
      return true;
    },
  });
}

async function createdRows(source: BatchItem, claim: Claim, requestId: string): Promise<UndoRow[]> {
  const { chunk, outcomes = '', otherIds } = claim.chunk;
  const { rows } = await readChunkRows(source.batchId, chunk, requestId);
  const origin = originOf(source, claim);
  const assignmentOf = (row: ChunkRow) => {
    const { assignmentId, ...usual } = row;
    const assignment = rowAssignment(usual, origin);
    return { ...assignment, assignmentId: otherIds[String(row.rowNumber)] ?? assignment.assignmentId };
  };
  return rows
    .filter((_, position) => outcomes[position] === OUTCOMES.created)
    .map((row, position) => ({ position, rowNumber: row.rowNumber, assignment: assignmentOf(row) }));
}

/** What an earlier holder has not reached yet, in slices of one transaction each. */
function slicesOf(rows: UndoRow[], undoneTo: number): UndoRow[][] {
  const left = rows.slice(undoneTo);
  return Array.from({ length: Math.ceil(left.length / ROWS_AT_ONCE) }, (_, at) =>
    left.slice(at * ROWS_AT_ONCE, (at + 1) * ROWS_AT_ONCE),
  );
}
