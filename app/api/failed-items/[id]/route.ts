import { editFailedItem } from '@/lib/server/failed-items/edit-item';
import { readFailedItem } from '@/lib/server/failed-items/read-failed-item';
import { route } from '@/lib/server/route';
import { editFailedItemSchema, failedItemParams } from '@/lib/shared/failed-item';

export const GET = route(
  {
    operation: 'readFailedItem',
    failure: 'Failed to read the failed item',
    permission: 'failed-item:read',
    params: failedItemParams,
  },
  ({ params, requestId }) => readFailedItem(params.id, requestId),
);

export const PATCH = route(
  {
    operation: 'editFailedItem',
    failure: 'Failed to edit the failed item',
    permission: 'failed-item:edit',
    params: failedItemParams,
    body: editFailedItemSchema,
  },
  ({ actor, params, body, requestId }) => editFailedItem(params.id, body, actor, requestId),
);
