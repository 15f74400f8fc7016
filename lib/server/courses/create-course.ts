import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { isConditionFailed } from '@/lib/server/stored-item';
import type { Course } from '@/lib/shared/course';

/** The partition of the index that lists all courses. */
export const COURSE_KIND = 'course';

/** A course id as prefix search compares it: without case. */
export function courseKey(courseId: string): string {
  return courseId.toUpperCase();
}

type NewCourse = Omit<Course, 'assignmentCount' | 'lastAssignmentAt'>;

/**
 * Adds a course with no assignments; one that exists is left as it is.
 * @returns whether it was added
 */
export async function createCourse(course: NewCourse): Promise<boolean> {
  try {
    await documentClient.send(
      new PutCommand({
        TableName: env.COURSES_TABLE,
        Item: { ...course, kind: COURSE_KIND, courseKey: courseKey(course.courseId), assignmentCount: 0 },
        ConditionExpression: 'attribute_not_exists(courseId)',
      }),
    );
    return true;
  } catch (thrown) {
    if (isConditionFailed(thrown)) return false;
    throw thrown;
  }
}
