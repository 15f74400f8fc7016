import { overrideBreaker } from '@/lib/server/breakers/override-breaker';
import { readBreakers } from '@/lib/server/breakers/read-breakers';
import { route } from '@/lib/server/route';
import { breakerCommandSchema, breakersQuerySchema } from '@/lib/shared/breaker';

export const GET = route(
  {
    operation: 'readBreakers',
    failure: 'Failed to read the breakers',
    permission: 'breaker:read',
    query: breakersQuerySchema,
  },
  ({ query, requestId }) => readBreakers(query, requestId),
);

export const POST = route(
  {
    operation: 'overrideBreaker',
    failure: 'Failed to override the breaker',
    permission: 'breaker:override',
    body: breakerCommandSchema,
  },
  ({ body, actor, requestId }) => overrideBreaker(body, actor, requestId),
);
