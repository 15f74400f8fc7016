import { listCourses } from '@/lib/server/courses/list-courses';
import { route } from '@/lib/server/route';
import { courseFilterSchema } from '@/lib/shared/course';

export const GET = route(
  {
    operation: 'listCourses',
    failure: 'Failed to list courses',
    permission: 'course:read',
    query: courseFilterSchema,
  },
  ({ actor, query, requestId }) => listCourses(query, actor, requestId),
);
