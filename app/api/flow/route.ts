import { flowState } from '@/lib/server/governor/flow-state';
import { route } from '@/lib/server/route';

export const GET = route(
  {
    operation: 'flowState',
    failure: 'Failed to read the flow of writes',
    permission: 'metrics:read',
  },
  ({ requestId }) => flowState(requestId),
);
