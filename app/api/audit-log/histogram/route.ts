import { auditHistogram } from '@/lib/server/audit-log/read/audit-histogram';
import { route } from '@/lib/server/route';
import { auditHistogramQuerySchema } from '@/lib/shared/audit-log';

export const GET = route(
  {
    operation: 'auditHistogram',
    failure: 'Failed to count the audit trail',
    permission: 'audit:read',
    query: auditHistogramQuerySchema,
  },
  ({ query, requestId }) => auditHistogram(query, requestId),
);
