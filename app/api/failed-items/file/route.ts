import { failedItemsFile } from '@/lib/server/failed-items/failed-items-file';
import { downloadRoute } from '@/lib/server/route';
import { failedItemFilterSchema } from '@/lib/shared/failed-item';

export const GET = downloadRoute(
  {
    operation: 'downloadFailedItems',
    failure: 'Failed to download the failed items',
    permission: 'failed-item:read',
    query: failedItemFilterSchema,
  },
  ({ query, requestId }) => failedItemsFile(query, requestId),
);
