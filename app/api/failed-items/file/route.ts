import { recordExport } from '@/lib/server/audit-log/record-export';
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
  async ({ query, actor, requestId }) => {
    const file = await failedItemsFile(query, requestId);
    await recordExport({
      action: 'EXPORT_FAILED_ITEMS',
      name: 'failed-items',
      filter: query,
      actor,
      requestId,
    });
    return file;
  },
);
