import { readGroups } from '@/lib/server/failed-items/groups/read-groups';
import { route } from '@/lib/server/route';
import { failedItemFilterSchema } from '@/lib/shared/failed-item';

export const GET = route(
  {
    operation: 'readFailedItemGroups',
    failure: 'Failed to read the groups of failed items',
    permission: 'failed-item:read',
    query: failedItemFilterSchema,
  },
  ({ query, requestId }) => readGroups(query, requestId),
);
