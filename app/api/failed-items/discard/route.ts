import { requestAction } from '@/lib/server/failed-items/request-action';
import { route } from '@/lib/server/route';
import { discardFailedItemsSchema } from '@/lib/shared/failed-item';

export const POST = route(
  {
    operation: 'discardFailedItems',
    failure: 'Failed to discard',
    permission: 'failed-item:discard',
    body: discardFailedItemsSchema,
  },
  ({ actor, body, requestId }) =>
    requestAction({ action: 'discard', reason: body.reason }, body, { actor, requestId }),
);
