import { listAssignments } from '@/lib/server/assignments/list-assignments';
import { requireCourseAccess } from '@/lib/server/courses/require-course-access';
import { createOrRecord } from '@/lib/server/failed-items/create-or-record';
import { route } from '@/lib/server/route';
import { assignmentFilterSchema, newAssignmentSchema } from '@/lib/shared/assignment';

export const GET = route(
  {
    operation: 'listAssignments',
    failure: 'Failed to list assignments',
    permission: 'assignment:read',
    query: assignmentFilterSchema,
  },
  ({ actor, query, requestId }) => listAssignments(query, actor, requestId),
);

export const POST = route(
  {
    operation: 'createAssignment',
    failure: 'Failed to create assignment',
    permission: 'assignment:create',
    body: newAssignmentSchema,
    series: 'create',
    status: 201,
  },
  async ({ actor, body, requestId, idempotencyKey }) => {
    requireCourseAccess(actor, body.courseId);
    const { assignmentId } = await createOrRecord(body, actor, { requestId, idempotencyKey });
    return { assignmentId, message: 'Assignment created successfully' };
  },
);
