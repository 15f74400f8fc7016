import { listExemplars } from '@/lib/server/metrics/list-exemplars';
import { route } from '@/lib/server/route';
import { exemplarsQuerySchema } from '@/lib/shared/metrics';

export const GET = route(
  {
    operation: 'listExemplars',
    failure: 'Failed to list example requests',
    permission: 'metrics:read',
    query: exemplarsQuerySchema,
  },
  ({ query, requestId }) => listExemplars(query, requestId),
);
