import { batchGet } from '@/lib/server/batch-get';
import { env } from '@/lib/server/env';
import { type Course, courseSchema } from '@/lib/shared/course';

/** Reads up to 100 courses with their counts, in the order of the ids; ids without a course are left out. */
export async function readCourses(courseIds: string[], requestId: string): Promise<Course[]> {
  const keys = courseIds.map((courseId) => ({ courseId }));
  const items = await batchGet(env.COURSES_TABLE, keys, { operation: 'readCourses', requestId });
  const byId = new Map(items.map((item) => [item.courseId, item]));
  return courseIds.flatMap((courseId) => {
    const item = byId.get(courseId);
    return item ? [courseSchema.parse(item)] : [];
  });
}
