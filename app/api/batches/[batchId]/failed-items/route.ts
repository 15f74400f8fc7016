import { listFailedRows } from '@/lib/server/batches/read/list-failed-rows';
import { route } from '@/lib/server/route';
import { batchParams, batchRowsQuery } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listFailedRows',
    failure: 'Failed to read the failed rows',
    permission: 'batch:read',
    params: batchParams,
    query: batchRowsQuery,
  },
  ({ params, query, requestId }) => listFailedRows(params.batchId, { ...query, requestId }),
);
