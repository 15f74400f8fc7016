import { cancelBatch } from '@/lib/server/batches/cancel-batch';
import { lookAfter } from '@/lib/server/batches/worker/batch-worker';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const POST = route(
  {
    operation: 'cancelBatch',
    failure: 'Failed to cancel the batch',
    permission: 'batch:control',
    params: batchParams,
  },
  async ({ actor, params, requestId }) => {
    const batch = await cancelBatch(params.batchId, actor, requestId);
    lookAfter(batch.batchId);
    return batch;
  },
);
