import { listSeals } from '@/lib/server/audit-log/seals/list-seals';
import { route } from '@/lib/server/route';
import { sealQuerySchema } from '@/lib/shared/audit-seal';

export const GET = route(
  {
    operation: 'listSeals',
    failure: 'Failed to list the seals',
    permission: 'audit:read',
    query: sealQuerySchema,
  },
  ({ query, requestId }) => listSeals(query, requestId),
);
