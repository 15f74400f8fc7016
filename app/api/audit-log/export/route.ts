import { exportAuditLog } from '@/lib/server/audit-log/export/export-audit-log';
import { downloadRoute } from '@/lib/server/route';
import { auditExportQuerySchema } from '@/lib/shared/audit-log';

export const GET = downloadRoute(
  {
    operation: 'exportAuditLog',
    failure: 'Failed to export the audit trail',
    permission: 'audit:export',
    query: auditExportQuerySchema,
  },
  ({ query, actor, requestId }) => exportAuditLog(query, { actor, requestId }),
);
