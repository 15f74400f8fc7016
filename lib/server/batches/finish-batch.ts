import { metaKey } from '@/lib/server/batches/batch-item';
import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { SYSTEM } from '@/lib/shared/audit-event';
import type { Batch, BatchState } from '@/lib/shared/batch';

/**
 * Ends a batch of which no row waits any more. Any number of processes may notice that; it ends once.
 * @throws {AppError} where DynamoDB refused
 */
export async function finishBatch(batch: Batch, requestId: string): Promise<Batch> {
  const to = endOf(batch);
  return changeBatchState({
    batchId: batch.batchId,
    action: 'FINISH_BATCH',
    verb: 'finished',
    from: [batch.state],
    to,
    already: ['cancelled', 'done', 'done_with_failures', 'undoing', 'undone'],
    author: SYSTEM,
    requestId,
    set: { finishedAt: new Date().toISOString() },
    needs: { waiting: 0 },
    ...(batch.undoes === null ? {} : { beside: [undone(batch.undoes)] }),
  });
}

function endOf({ state, failed }: Batch): BatchState {
  if (state === 'cancelling') return 'cancelled';
  return failed > 0 ? 'done_with_failures' : 'done';
}

/** The batch that was taken back ends with its undo. */
function undone(batchId: string): Write {
  return {
    Update: {
      ...metaKey(batchId),
      UpdateExpression: 'SET #state = :undone, updatedAt = :now',
      ConditionExpression: '#state = :undoing',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':undone': 'undone',
        ':undoing': 'undoing',
        ':now': new Date().toISOString(),
      },
    },
  };
}
