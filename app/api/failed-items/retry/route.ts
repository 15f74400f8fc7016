import { requestAction } from '@/lib/server/failed-items/request-action';
import { route } from '@/lib/server/route';
import { requirePermission } from '@/lib/server/session';
import { retryFailedItemsSchema } from '@/lib/shared/failed-item';

export const POST = route(
  {
    operation: 'retryFailedItems',
    failure: 'Failed to retry',
    permission: 'failed-item:retry',
    body: retryFailedItemsSchema,
  },
  ({ actor, body: { patch, ...requested }, requestId }) => {
    if (patch) requirePermission(actor, 'failed-item:edit');
    return requestAction({ action: 'retry', patch }, requested, { actor, requestId });
  },
);
