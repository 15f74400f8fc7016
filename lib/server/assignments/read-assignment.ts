import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { requireCourseAccess } from '@/lib/server/courses/require-course-access';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';
import type { Assignment } from '@/lib/shared/assignment';
import type { Actor } from '@/lib/shared/session';

/**
 * Reads one assignment, as it is at this moment, for somebody who may enter its course.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, or what DynamoDB answered
 */
export async function readAssignment(
  assignmentId: string,
  actor: Pick<Actor, 'role' | 'courseIds'>,
  requestId: string,
): Promise<Assignment> {
  const { Item } = await withRetry(
    () =>
      documentClient.send(
        new GetCommand({ TableName: env.ASSIGNMENTS_TABLE, Key: { assignmentId }, ConsistentRead: true }),
      ),
    { operation: 'readAssignment', requestId, maxRetries: env.MAX_RETRIES },
  );
  if (!Item) throw assignmentNotFound(assignmentId);
  const assignment = toAssignment(Item);
  requireCourseAccess(actor, assignment.courseId);
  return assignment;
}

/** The error for an id that no assignment has. */
export function assignmentNotFound(assignmentId: string): AppError {
  return new AppError('NOT_FOUND', `There is no assignment ${assignmentId}`);
}
