import { listTargets } from '@/lib/server/rollbacks/list-targets';
import { route } from '@/lib/server/route';
import { rollbackTargetsQuery } from '@/lib/shared/rollback';

export const GET = route(
  {
    operation: 'listRollbackTargets',
    failure: 'Failed to list what would be rolled back',
    permission: 'rollback:read',
    query: rollbackTargetsQuery,
  },
  ({ query, requestId }) => listTargets(query, requestId),
);
