import { listTargetResults } from '@/lib/server/batches/read/list-target-results';
import { route } from '@/lib/server/route';
import { batchParams, targetResultsQuery } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listTargetResults',
    failure: 'Failed to read the results',
    permission: 'batch:read',
    params: batchParams,
    query: targetResultsQuery,
  },
  ({ params, query, requestId }) => listTargetResults(params.batchId, query, requestId),
);
