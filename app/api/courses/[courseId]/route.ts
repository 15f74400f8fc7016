import * as z from 'zod';
import { readCourse } from '@/lib/server/courses/read-course';
import { requireCourseAccess } from '@/lib/server/courses/require-course-access';
import { route } from '@/lib/server/route';
import { courseIdSchema } from '@/lib/shared/course';

export const GET = route(
  {
    operation: 'readCourse',
    failure: 'Failed to read course',
    permission: 'course:read',
    params: z.object({ courseId: courseIdSchema }),
  },
  ({ actor, params, requestId }) => {
    requireCourseAccess(actor, params.courseId);
    return readCourse(params.courseId, requestId);
  },
);
