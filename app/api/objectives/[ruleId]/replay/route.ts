import { replayRule } from '@/lib/server/objectives/replay-rule';
import { route } from '@/lib/server/route';
import { replayQuerySchema, ruleParams } from '@/lib/shared/objective';

export const GET = route(
  {
    operation: 'replayRule',
    failure: 'Failed to replay the rule',
    permission: 'metrics:read',
    params: ruleParams,
    query: replayQuerySchema,
  },
  ({ params, query, requestId }) => replayRule(params.ruleId, query, requestId),
);
