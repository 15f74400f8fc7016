import { pauseBatch } from '@/lib/server/batches/pause-batch';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const POST = route(
  {
    operation: 'pauseBatch',
    failure: 'Failed to pause the batch',
    permission: 'batch:control',
    params: batchParams,
  },
  ({ actor, params, requestId }) => pauseBatch(params.batchId, actor, requestId),
);
