import { repairDifferences } from '@/lib/server/consistency/repair/repair-differences';
import { route } from '@/lib/server/route';
import { checkRunParams, repairSchema } from '@/lib/shared/consistency';

export const POST = route(
  {
    operation: 'repairDifferences',
    failure: 'Failed to repair',
    permission: 'consistency:repair',
    params: checkRunParams,
    body: repairSchema,
  },
  ({ actor, params, body, requestId }) => repairDifferences(params.runId, body, { author: actor, requestId }),
);
