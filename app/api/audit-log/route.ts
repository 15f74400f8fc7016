import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { route } from '@/lib/server/route';
import { auditListQuerySchema } from '@/lib/shared/audit-log';

export const GET = route(
  {
    operation: 'listAuditLog',
    failure: 'Failed to list the audit trail',
    permission: 'audit:read',
    query: auditListQuerySchema,
  },
  ({ query, requestId }) => listAuditLog(query, requestId),
);
