import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import { batchGet } from '@/lib/server/batch-get';
import { env } from '@/lib/server/env';
import type { RequestStory } from '@/lib/shared/request';

const MOST_ASSIGNMENTS = 25;

/**
 * The assignments that a request made or changed, as they are at this moment; what is not stored is left out. A form that
 * was sent without a key lies under an ID that follows from its request.
 * @throws {AppError} what DynamoDB answered
 */
export async function findAssignments(
  asked: string,
  named: Iterable<string>,
  requestId: string,
): Promise<RequestStory['assignments']> {
  const ids = new Set([derivedAssignmentId(asked, 0), ...named]);
  const keys = [...ids].slice(0, MOST_ASSIGNMENTS).map((assignmentId) => ({ assignmentId }));
  const items = await batchGet(env.ASSIGNMENTS_TABLE, keys, { operation: 'findAssignments', requestId });
  return items.map((item) => {
    const { description: _description, ...shown } = toAssignment(item);
    return shown;
  });
}
