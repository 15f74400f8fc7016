import { rejectedFile } from '@/lib/server/batches/read/rejected-file';
import { downloadRoute } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const GET = downloadRoute(
  {
    operation: 'downloadRejected',
    failure: 'Failed to download the rejected rows',
    permission: 'batch:read',
    params: batchParams,
  },
  ({ params, requestId }) => rejectedFile(params.batchId, requestId),
);
