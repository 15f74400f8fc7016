import * as z from 'zod';
import { readAssignment } from '@/lib/server/assignments/read-assignment';
import { listEventsOfAssignment } from '@/lib/server/audit-log/list-events-of-assignment';
import { route } from '@/lib/server/route';
import { pageQuery } from '@/lib/shared/api';
import { assignmentParams } from '@/lib/shared/assignment';

export const GET = route(
  {
    operation: 'listEventsOfAssignment',
    failure: 'Failed to read the history',
    permission: 'assignment:history',
    params: assignmentParams,
    query: z.strictObject(pageQuery),
  },
  async ({ actor, params, query, requestId }) => {
    const assignment = await readAssignment(params.assignmentId, actor, requestId);
    return listEventsOfAssignment(assignment, { ...query, requestId });
  },
);
