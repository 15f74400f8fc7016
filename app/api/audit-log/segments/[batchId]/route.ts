import { listSegmentRows } from '@/lib/server/audit-log/read/list-segment-rows';
import { route } from '@/lib/server/route';
import { auditSegmentQuerySchema } from '@/lib/shared/audit-log';
import { batchParams } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listSegmentRows',
    failure: 'Failed to list the rows of a batch in the audit trail',
    permission: 'audit:read',
    params: batchParams,
    query: auditSegmentQuerySchema,
  },
  ({ params, query, requestId }) => listSegmentRows(params.batchId, query, requestId),
);
