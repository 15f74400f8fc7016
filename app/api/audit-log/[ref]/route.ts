import * as z from 'zod';
import { readAuditEvent } from '@/lib/server/audit-log/read/read-audit-event';
import { route } from '@/lib/server/route';
import { auditEventQuerySchema } from '@/lib/shared/audit-log';
import { auditRefSchema } from '@/lib/shared/audit-ref';

export const GET = route(
  {
    operation: 'readAuditEvent',
    failure: 'Failed to read the event',
    permission: 'audit:read',
    params: z.object({ ref: auditRefSchema }),
    query: auditEventQuerySchema,
  },
  ({ params, query, actor, requestId }) =>
    readAuditEvent(params.ref, { clear: query.clear === 'yes', reason: query.reason, actor, requestId }),
);
