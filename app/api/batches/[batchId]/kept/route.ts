import { listKeptRows } from '@/lib/server/batches/read/list-kept-rows';
import { route } from '@/lib/server/route';
import { batchParams, batchRowsQuery } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listKeptRows',
    failure: 'Failed to read the kept rows',
    permission: 'batch:read',
    params: batchParams,
    query: batchRowsQuery,
  },
  ({ params, query, requestId }) => listKeptRows(params.batchId, { ...query, requestId }),
);
