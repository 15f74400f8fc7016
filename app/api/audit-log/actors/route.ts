import { listActors } from '@/lib/server/audit-log/read/list-actors';
import { route } from '@/lib/server/route';
import { auditActorsQuerySchema } from '@/lib/shared/audit-log';

export const GET = route(
  {
    operation: 'listActors',
    failure: 'Failed to list who was active',
    permission: 'audit:read',
    query: auditActorsQuerySchema,
  },
  ({ query: { email }, requestId }) => listActors(requestId, email),
);
