import { undoRows } from '@/lib/server/batches/run/undo-rows';
import { type Looking, lookOnce, whileWatched } from '@/lib/server/batches/worker/look-once';

/**
 * Goes on with an undo until nothing is left that this process can do, as `lookAfterBatch` does with any batch.
 * @returns false where it was held up; the batch then says by what
 */
export function lookAfterUndo(batchId: string, looking: Looking): Promise<boolean> {
  return lookOnce(batchId, looking, async (batch) => {
    if (batch.state !== 'running') return;
    await whileWatched(batch, looking, (watch) => undoRows(batch, watch, looking.requestId));
  });
}
