import * as z from 'zod';
import { COURSE_KIND, courseKey } from '@/lib/server/courses/create-course';
import { readCourses } from '@/lib/server/courses/read-courses';
import { decodeCursor, encodeCursor } from '@/lib/server/cursor';
import { env } from '@/lib/server/env';
import { queryPage } from '@/lib/server/query-page';
import type { Page } from '@/lib/shared/api';
import type { Course, CourseFilter } from '@/lib/shared/course';
import type { Actor } from '@/lib/shared/session';

const cursorSchema = z.object({ courseKey: z.string(), courseId: z.string() });

/** Lists the courses that this person may enter, by id, with their counts; `q` is the beginning of the id, in any case. */
export async function listCourses(
  filter: CourseFilter,
  actor: Actor,
  requestId: string,
): Promise<Page<Course>> {
  const { courseIds, cursor } =
    actor.role === 'instructor' ? taughtPage(filter, actor) : await indexPage(filter, requestId);
  return { items: await readCourses(courseIds, requestId), cursor };
}

function taughtPage({ q = '', cursor, limit }: CourseFilter, actor: Actor) {
  const after = cursor ? decodeCursor(cursor, cursorSchema).courseKey : '';
  const matching = actor.courseIds
    .filter((courseId) => courseKey(courseId).startsWith(courseKey(q)) && courseKey(courseId) > after)
    .sort();
  const courseIds = matching.slice(0, limit);
  return { courseIds, cursor: matching.length > limit ? cursorAfter(courseIds.at(-1)) : null };
}

async function indexPage({ q, cursor, limit }: CourseFilter, requestId: string) {
  const partition = { kind: COURSE_KIND };
  const { items, lastItem } = await queryPage(
    {
      TableName: env.COURSES_TABLE,
      IndexName: 'byKind',
      KeyConditionExpression: q ? 'kind = :kind AND begins_with(courseKey, :prefix)' : 'kind = :kind',
      ExpressionAttributeValues: { ':kind': partition.kind, ...(q ? { ':prefix': courseKey(q) } : {}) },
      ...(cursor ? { ExclusiveStartKey: { ...partition, ...decodeCursor(cursor, cursorSchema) } } : {}),
    },
    { operation: 'listCourses', requestId, limit },
  );
  const courseIds = items.map(({ courseId }) => String(courseId));
  return { courseIds, cursor: lastItem ? cursorAfter(String(lastItem.courseId)) : null };
}

function cursorAfter(courseId: string | undefined): string | null {
  return courseId === undefined ? null : encodeCursor({ courseId, courseKey: courseKey(courseId) });
}
