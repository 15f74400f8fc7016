import { publicRoute } from '@/lib/server/route';

export const GET = publicRoute(
  {
    operation: 'health',
    failure: 'Not healthy',
    reason: 'Load balancers ask whether this process answers; it says nothing else',
  },
  async () => ({ status: 'ok' }),
);
