import { planRollback } from '@/lib/server/rollbacks/plan-rollback';
import { route } from '@/lib/server/route';
import { rollbackInputSchema } from '@/lib/shared/rollback';

export const GET = route(
  {
    operation: 'planRollback',
    failure: 'Failed to plan the rollback',
    permission: 'rollback:read',
    query: rollbackInputSchema,
  },
  ({ query, requestId }) => planRollback(query, requestId),
);
