import { undoBatch } from '@/lib/server/batches/undo-batch';
import { lookAfter } from '@/lib/server/batches/worker/batch-worker';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const POST = route(
  {
    operation: 'undoBatch',
    failure: 'Failed to undo the batch',
    permission: 'batch:undo',
    params: batchParams,
  },
  async ({ actor, params, requestId }) => {
    const batch = await undoBatch(params.batchId, { actor, requestId });
    lookAfter(batch.batchId);
    return batch;
  },
);
