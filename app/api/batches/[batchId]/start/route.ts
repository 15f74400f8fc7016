import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfter } from '@/lib/server/batches/worker/batch-worker';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const POST = route(
  {
    operation: 'startBatch',
    failure: 'Failed to start the batch',
    permission: 'batch:control',
    params: batchParams,
  },
  async ({ actor, params, requestId }) => {
    const batch = await startBatch(params.batchId, actor, requestId);
    lookAfter(batch.batchId);
    return batch;
  },
);
