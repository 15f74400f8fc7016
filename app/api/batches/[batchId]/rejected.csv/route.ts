import { recordExport } from '@/lib/server/audit-log/record-export';
import { rejectedFile } from '@/lib/server/batches/read/rejected-file';
import { downloadRoute } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const GET = downloadRoute(
  {
    operation: 'downloadRejected',
    failure: 'Failed to download the rejected rows',
    permission: 'batch:read',
    params: batchParams,
  },
  async ({ params, actor, requestId }) => {
    const file = await rejectedFile(params.batchId, requestId);
    await recordExport({
      action: 'EXPORT_REJECTED_ROWS',
      name: 'rejected-rows',
      filter: params,
      actor,
      requestId,
    });
    return file;
  },
);
