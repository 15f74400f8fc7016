import { requestAction } from '@/lib/server/failed-items/request-action';
import { route } from '@/lib/server/route';
import { snoozeFailedItemsSchema } from '@/lib/shared/failed-item';

export const POST = route(
  {
    operation: 'snoozeFailedItems',
    failure: 'Failed to snooze',
    permission: 'failed-item:retry',
    body: snoozeFailedItemsSchema,
  },
  ({ actor, body: { until, ...requested }, requestId }) =>
    requestAction({ action: 'snooze', until }, requested, { actor, requestId }),
);
