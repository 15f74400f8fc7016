import { readGaps } from '@/lib/server/audit-log/gaps/read-gaps';
import { route } from '@/lib/server/route';

export const GET = route(
  {
    operation: 'readAuditGaps',
    failure: 'Failed to count the events that wait to be written',
    permission: 'audit:read',
  },
  ({ requestId }) => readGaps(requestId),
);
