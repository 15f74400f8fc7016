import { acceptBatch } from '@/lib/server/batches/accept-batch';
import { listBatches } from '@/lib/server/batches/read/list-batches';
import { route } from '@/lib/server/route';
import { uploadBody } from '@/lib/server/upload-body';
import { batchFilterSchema, uploadQuerySchema } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listBatches',
    failure: 'Failed to list batches',
    permission: 'batch:read',
    query: batchFilterSchema,
  },
  ({ query, requestId }) => listBatches(query, requestId),
);

export const POST = route(
  {
    operation: 'acceptBatch',
    failure: 'Failed to accept the file',
    permission: 'batch:create',
    query: uploadQuerySchema,
    status: 202,
  },
  async ({ actor, query, request, requestId }) => {
    const { bytes, discardRest } = uploadBody(request);
    try {
      return await acceptBatch({ query, headers: request.headers, bytes }, { actor, requestId });
    } finally {
      // Not waited for: the answer is ready, and the caller reads it once its body is off the wire.
      void discardRest();
    }
  },
);
