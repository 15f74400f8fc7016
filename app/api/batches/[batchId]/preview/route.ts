import { readPreview } from '@/lib/server/batches/read/read-preview';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'readPreview',
    failure: 'Failed to read the preview of a batch',
    permission: 'batch:read',
    params: batchParams,
  },
  ({ params, requestId }) => readPreview(params.batchId, requestId),
);
