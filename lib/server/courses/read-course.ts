import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { createCache } from '@/lib/server/cache';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';
import { type Course, courseSchema } from '@/lib/shared/course';

const courses = createCache<Course>('courses', { max: 10_000, ttlMs: 30_000 });

/**
 * Reads a course with its counts as they are now.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function readCourse(courseId: string, requestId: string): Promise<Course> {
  const { Item } = await withRetry(
    () =>
      documentClient.send(
        new GetCommand({ TableName: env.COURSES_TABLE, Key: { courseId }, ConsistentRead: true }),
      ),
    { operation: 'readCourse', requestId, maxRetries: env.MAX_RETRIES },
  );
  if (!Item) throw new AppError('NOT_FOUND', `There is no course ${courseId}`);
  return courseSchema.parse(Item);
}

/**
 * Proves that a course exists before something is written into it; the answer may be 30 seconds old (S14).
 * @throws {AppError} VALIDATION_ERROR on the field `courseId`
 */
export async function requireCourse(courseId: string, requestId: string): Promise<void> {
  try {
    await courses.read(courseId, () => readCourse(courseId, requestId));
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'NOT_FOUND')) throw thrown;
    const message = `${thrown.message}: choose one from the list of courses`;
    const fields = [{ field: 'courseId', message, value: courseId }];
    throw new AppError('VALIDATION_ERROR', message, { fields, cause: thrown });
  }
}
