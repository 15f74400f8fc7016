import { readBatchDetail } from '@/lib/server/batches/read/read-batch-detail';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'readBatch',
    failure: 'Failed to read the batch',
    permission: 'batch:read',
    params: batchParams,
  },
  ({ params, requestId }) => readBatchDetail(params.batchId, requestId),
);
