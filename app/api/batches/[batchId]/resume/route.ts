import { resumeBatch } from '@/lib/server/batches/resume-batch';
import { lookAfter } from '@/lib/server/batches/worker/batch-worker';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const POST = route(
  {
    operation: 'resumeBatch',
    failure: 'Failed to resume the batch',
    permission: 'batch:control',
    params: batchParams,
  },
  async ({ actor, params, requestId }) => {
    const batch = await resumeBatch(params.batchId, actor, requestId);
    lookAfter(batch.batchId);
    return batch;
  },
);
