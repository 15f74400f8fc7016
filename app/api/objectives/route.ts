import { readObjectives } from '@/lib/server/objectives/read-objectives';
import { route } from '@/lib/server/route';

export const GET = route(
  {
    operation: 'readObjectives',
    failure: 'Failed to judge the objectives',
    permission: 'metrics:read',
  },
  ({ actor, requestId }) => readObjectives(actor.role, requestId),
);
