import { readCheck } from '@/lib/server/consistency/read-check';
import { route } from '@/lib/server/route';
import { checkRunParams, checkRunQuery } from '@/lib/shared/consistency';

export const GET = route(
  {
    operation: 'readCheck',
    failure: 'Failed to read the check',
    permission: 'consistency:read',
    params: checkRunParams,
    query: checkRunQuery,
  },
  ({ params, query, requestId }) => readCheck(params.runId, query, requestId),
);
