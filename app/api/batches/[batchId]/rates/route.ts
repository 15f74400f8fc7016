import { listRatePoints } from '@/lib/server/batches/read/list-rate-points';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listRatePoints',
    failure: 'Failed to read how fast the batch went',
    permission: 'batch:read',
    params: batchParams,
  },
  async ({ params, requestId }) => ({ items: await listRatePoints(params.batchId, requestId) }),
);
