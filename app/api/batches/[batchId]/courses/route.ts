import { listCourseResults } from '@/lib/server/batches/read/list-course-results';
import { route } from '@/lib/server/route';
import { batchParams } from '@/lib/shared/batch';

export const GET = route(
  {
    operation: 'listCourseResults',
    failure: 'Failed to read the results by course',
    permission: 'batch:read',
    params: batchParams,
  },
  async ({ params, requestId }) => ({ items: await listCourseResults(params.batchId, requestId) }),
);
