import { listActors } from '@/lib/server/audit-log/read/list-actors';
import { route } from '@/lib/server/route';

export const GET = route(
  { operation: 'listActors', failure: 'Failed to list who was active', permission: 'audit:read' },
  ({ requestId }) => listActors(requestId),
);
