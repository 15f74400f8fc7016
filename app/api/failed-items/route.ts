import { listFailedItems } from '@/lib/server/failed-items/list-failed-items';
import { route } from '@/lib/server/route';
import { failedItemListSchema } from '@/lib/shared/failed-item';

export const GET = route(
  {
    operation: 'listFailedItems',
    failure: 'Failed to list failed items',
    permission: 'failed-item:read',
    query: failedItemListSchema,
  },
  ({ query, requestId }) => listFailedItems(query, requestId),
);
