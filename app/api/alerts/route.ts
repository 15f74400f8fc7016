import { listAlerts } from '@/lib/server/alerts/list-alerts';
import { route } from '@/lib/server/route';

export const GET = route(
  { operation: 'listAlerts', failure: 'Failed to read alerts', permission: 'alert:read' },
  ({ requestId }) => listAlerts(requestId),
);
