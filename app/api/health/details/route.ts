import { cacheStatistics } from '@/lib/server/cache';
import { route } from '@/lib/server/route';
import { missingTables } from '@/lib/server/tables';

export const GET = route(
  {
    operation: 'healthDetails',
    failure: 'Failed to read the health of this process',
    permission: 'health:read',
  },
  async () => ({ caches: cacheStatistics(), missingTables: await missingTables() }),
);
