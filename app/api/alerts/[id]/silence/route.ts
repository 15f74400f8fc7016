import { silenceAlert } from '@/lib/server/alerts/silence-alert';
import { route } from '@/lib/server/route';
import { alertParams, newSilenceSchema } from '@/lib/shared/alert';

export const POST = route(
  {
    operation: 'silenceAlert',
    failure: 'Failed to silence the alert',
    permission: 'alert:handle',
    params: alertParams,
    body: newSilenceSchema,
  },
  ({ params: { id }, body, actor, requestId }) => silenceAlert({ ...body, ruleId: id, actor, requestId }),
);
