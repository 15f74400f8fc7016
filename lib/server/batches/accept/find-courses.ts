import { LRUCache } from 'lru-cache';
import { readCourses } from '@/lib/server/courses/read-courses';
import type { DateFrame } from '@/lib/shared/batch-dates';
import { courseIdSchema } from '@/lib/shared/course';

/** DynamoDB reads at most this many items in one call. */
const READ_AT_ONCE = 100;

/** Courses are remembered while one file is read, and no longer. */
const REMEMBERED = 20_000;

/**
 * Finds the courses that rows name, each read once per file. Answers what is known of the asked ones: null for a course that
 * does not exist; ids that no course can have are not looked up.
 */
export function courseFinder(requestId: string) {
  const known = new LRUCache<string, { course: DateFrame | null }>({ max: REMEMBERED });

  return async (courseIds: string[]): Promise<Map<string, DateFrame | null>> => {
    const asked = [...new Set(courseIds)].filter((courseId) => courseIdSchema.safeParse(courseId).success);
    const unknown = asked.filter((courseId) => !known.has(courseId));
    for (let start = 0; start < unknown.length; start += READ_AT_ONCE) {
      const ids = unknown.slice(start, start + READ_AT_ONCE);
      const found = new Map(
        (await readCourses(ids, requestId)).map(({ courseId, timeZone, startsOn }) => [
          courseId,
          { timeZone, startsOn },
        ]),
      );
      for (const courseId of ids) known.set(courseId, { course: found.get(courseId) ?? null });
    }
    return new Map(asked.map((courseId) => [courseId, known.get(courseId)?.course ?? null]));
  };
}
