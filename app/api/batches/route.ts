import { listBatches } from '@/lib/server/batches/list-batches';
import { route } from '@/lib/server/route';
import { batchFilterSchema } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listBatches',
    failure: 'Failed to list batches',
    permission: 'batch:read',
    query: batchFilterSchema,
  },
  ({ query, requestId }) => listBatches(query, requestId),
);
