import { requestAction } from '@/lib/server/failed-items/request-action';
import { route } from '@/lib/server/route';
import { restoreFailedItemsSchema } from '@/lib/shared/failed-item';

export const POST = route(
  {
    operation: 'restoreFailedItems',
    failure: 'Failed to restore',
    permission: 'failed-item:discard',
    body: restoreFailedItemsSchema,
  },
  ({ actor, body, requestId }) => requestAction({ action: 'restore' }, body, { actor, requestId }),
);
