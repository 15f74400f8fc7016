import { acknowledgeAlert } from '@/lib/server/alerts/acknowledge-alert';
import { route } from '@/lib/server/route';
import { alertParams } from '@/lib/shared/alert';

export const POST = route(
  {
    operation: 'acknowledgeAlert',
    failure: 'Failed to acknowledge the alert',
    permission: 'alert:handle',
    params: alertParams,
  },
  ({ params: { id }, actor, requestId }) => acknowledgeAlert(id, actor, requestId),
);
