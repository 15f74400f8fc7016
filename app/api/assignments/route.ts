import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { listAssignments } from '@/lib/server/assignments/list-assignments';
import { requireCourse } from '@/lib/server/courses/read-course';
import { requireCourseAccess } from '@/lib/server/courses/require-course-access';
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
    status: 201,
  },
  async ({ actor, body, requestId, idempotencyKey }) => {
    requireCourseAccess(actor, body.courseId);
    await requireCourse(body.courseId, requestId);
    const { assignmentId } = await createAssignment(body, actor, { requestId, idempotencyKey });
    return { assignmentId, message: 'Assignment created successfully' };
  },
);
