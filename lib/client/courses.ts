import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '@/lib/client/api';
import { pageSchema } from '@/lib/shared/api';
import { courseSchema } from '@/lib/shared/course';

const coursePageSchema = pageSchema(courseSchema);

type CourseSearch = { q?: string | null; cursor?: string | null; limit?: number };

/** One page of the courses the person may read; `q` is the beginning of a course id. */
export const coursesQuery = (search: CourseSearch) =>
  queryOptions({
    queryKey: ['courses', 'list', search],
    queryFn: ({ signal }) => api.get(withQuery('/api/courses', search), coursePageSchema, signal),
    placeholderData: keepPreviousData,
  });

/** One course with its counts. */
export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: ['courses', courseId],
    queryFn: ({ signal }) => api.get(`/api/courses/${encodeURIComponent(courseId)}`, courseSchema, signal),
  });
