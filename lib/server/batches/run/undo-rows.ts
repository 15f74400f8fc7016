import type { BatchItem } from '@/lib/server/batches/batch-item';
import { rowsToTakeBack } from '@/lib/server/batches/chunks/created-rows';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { oneAtATime } from '@/lib/server/batches/run/one-at-a-time';
import { takeBackRows, type UndoRow } from '@/lib/server/batches/run/take-back-rows';
import type { Watch } from '@/lib/server/batches/worker/watch-batch';
import { workOnChunks } from '@/lib/server/batches/worker/work-on-chunks';
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
      const created = await rowsToTakeBack(source, claim.chunk, requestId);
      const rows = created.map((row, position) => ({ ...row, position }));
      const slices = slicesOf(rows, claim.chunk.undoneTo);
      for (const slice of slices) {
        if (!watch.mayGoOn() || !claim.mayWrite()) return false;
        const isLast = slice === slices.at(-1);
        const taking = { undo, source, claim, rows: slice, isLast, requestId };
        if (!(await commitOne(() => takeBackRows(taking)))) return true;
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

/** What an earlier holder has not reached yet, in slices of one transaction each. */
function slicesOf(rows: UndoRow[], undoneTo: number): UndoRow[][] {
  const left = rows.slice(undoneTo);
  return Array.from({ length: Math.ceil(left.length / ROWS_AT_ONCE) }, (_, at) =>
    left.slice(at * ROWS_AT_ONCE, (at + 1) * ROWS_AT_ONCE),
  );
}
