import { planExport } from '@/lib/server/audit-log/export/plan-export';
import { route } from '@/lib/server/route';
import { auditFilterSchema } from '@/lib/shared/audit-log';

export const GET = route(
  {
    operation: 'planExport',
    failure: 'Failed to plan the export',
    permission: 'audit:export',
    query: auditFilterSchema,
  },
  ({ query, requestId }) => planExport(query, requestId),
);
