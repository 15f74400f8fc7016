import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AssignmentItem, WriteIdentity } from '@/lib/server/assignments/assignment-item';
import { withFreeId } from '@/lib/server/assignments/with-free-id';
import { contentHash } from '@/lib/server/assignments/write-identity';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { Assignment } from '@/lib/shared/assignment';

/**
 * Writes one assignment by itself and never overwrites another (S1): throttling and network faults are retried, a
 * taken id is replaced by a new one at once, a lost answer is recognised by the write's token.
 * @param assignment with the effects that its write leaves pending; its `requestId` is the token unless it brings one
 * @returns the assignment as it is stored, under the id that was written
 * @throws {AppError} of the last attempt: THROTTLING, CONDITIONAL_FAILED, RESOURCE_NOT_FOUND, ACCESS_DENIED, SYSTEM_ERROR
 */
export async function writeAssignmentWithRetry(
  assignment: Assignment & Partial<WriteIdentity>,
  requestId: string,
  maxRetries = env.MAX_RETRIES,
): Promise<Assignment> {
  const {
    writeToken = assignment.requestId,
    contentHash: hash = contentHash(assignment),
    ...content
  } = assignment;
  const identity = { writeToken, contentHash: hash };
  return withFreeId(content, { requestId, maxRetries, identity }, async (item) => {
    await withRetry(() => putIfNew(item), { operation: 'writeAssignment', requestId, maxRetries });
  });
}

/** Puts an assignment unless its ID is taken; a refusal carries the item that has it. */
export function putIfNew(item: AssignmentItem) {
  return documentClient.send(
    new PutCommand({
      TableName: env.ASSIGNMENTS_TABLE,
      Item: item,
      ConditionExpression: 'attribute_not_exists(assignmentId)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
}
