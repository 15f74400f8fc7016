import { listEventsOfBatch } from '@/lib/server/audit-log/list-events-of-batch';
import { route } from '@/lib/server/route';
import { batchParams, batchRowsQuery } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listEventsOfBatch',
    failure: 'Failed to read the history of the batch',
    permission: 'batch:read',
    params: batchParams,
    query: batchRowsQuery,
  },
  ({ params, query, requestId }) => listEventsOfBatch(params.batchId, { ...query, requestId }),
);
