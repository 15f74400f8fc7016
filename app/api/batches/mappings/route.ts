import { listMappings } from '@/lib/server/batches/mappings/list-mappings';
import { saveMapping } from '@/lib/server/batches/mappings/save-mapping';
import { route } from '@/lib/server/route';
import { newSavedMappingSchema } from '@/lib/shared/batch-mapping';

export const GET = route(
  {
    operation: 'listMappings',
    failure: 'Failed to list saved mappings',
    permission: 'batch:create',
  },
  async ({ requestId }) => ({ items: await listMappings(requestId) }),
);

export const POST = route(
  {
    operation: 'saveMapping',
    failure: 'Failed to save the mapping',
    permission: 'batch:create',
    body: newSavedMappingSchema,
    status: 201,
  },
  ({ body, actor, requestId }) => saveMapping(body, actor, requestId),
);
