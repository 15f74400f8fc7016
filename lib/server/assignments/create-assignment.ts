import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { applyEffects } from '@/lib/server/assignments/apply-effects';
import { type AssignmentItem, toAssignment, toItem } from '@/lib/server/assignments/assignment-item';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { withFreeId } from '@/lib/server/assignments/with-free-id';
import { writeAssignmentWithRetry } from '@/lib/server/assignments/write-assignment-with-retry';
import { derivedAssignmentId, writeIdentity } from '@/lib/server/assignments/write-identity';
import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { endsWithoutEvent, isAuditRefusal, refuseIfStrict } from '@/lib/server/audit-log/is-audit-refusal';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import type { Assignment, NewAssignment } from '@/lib/shared/assignment';
import type { Author } from '@/lib/shared/session';

type CreateOptions = { requestId: string; idempotencyKey?: string | undefined };

/**
 * Creates an assignment and its audit event in one transaction; the counters of course and instructor follow at once
 * as effects that can never apply twice. Where the audit table refuses, the assignment is written alone and its event
 * becomes a pending effect as well. The same `idempotencyKey` of the same author answers the same assignment.
 * @throws {AppError} when the assignment itself could not be written
 */
export async function createAssignment(
  input: NewAssignment,
  author: Author,
  { requestId, idempotencyKey }: CreateOptions,
): Promise<Assignment> {
  const identity = writeIdentity(input, { author, requestId, idempotencyKey });
  const now = new Date().toISOString();
  const assignment: Assignment = {
    ...input,
    assignmentId: derivedAssignmentId(identity.writeToken, 0),
    version: 1,
    createdBy: { id: author.id, role: author.role, department: author.department },
    createdAt: now,
    updatedAt: now,
    requestId,
    pendingEffects: ['course', 'instructor'],
  };
  const options = { requestId, maxRetries: env.MAX_RETRIES, identity };
  const written =
    (await writeWithEvent(assignment, options)) ??
    (await writeAssignmentWithRetry(
      { ...assignment, ...identity, pendingEffects: ['course', 'instructor', 'audit'] },
      requestId,
    ));
  applyEffectsInBackground(toItem(written, identity), requestId);
  return written;
}

type WriteOptions = Parameters<typeof withFreeId>[1];

/** Undefined where the audit table refused, or may have: then nothing was written. */
async function writeWithEvent(
  assignment: Assignment,
  options: WriteOptions,
): Promise<Assignment | undefined> {
  const { requestId, maxRetries } = options;
  try {
    return await withFreeId(assignment, options, async (item, attempt) => {
      const context = { operation: 'createAssignment', requestId, maxRetries };
      // Made once: a repeated transaction must be the same to the letter.
      const both = await putBoth(item, { requestId, attempt });
      await withRetry(() => documentClient.send(both), {
        ...context,
        isFinal: (error) => endsWithoutEvent(error),
      });
    });
  } catch (thrown) {
    if (!isAuditRefusal(thrown)) throw thrown;
    refuseIfStrict(thrown);
    const { code, message } = classifyError(thrown);
    log.warn('audit table refused, writing the assignment alone', {
      requestId,
      operation: 'createAssignment',
      code,
      reason: message,
    });
    return undefined;
  }
}

/** The token lets DynamoDB answer a repeated transaction as the first one; it differs per id that is tried. */
async function putBoth(
  item: AssignmentItem,
  { requestId, attempt }: { requestId: string; attempt: number },
): Promise<TransactWriteCommand> {
  return new TransactWriteCommand({
    ClientRequestToken: `${requestId}-${attempt}`,
    TransactItems: [
      {
        Put: {
          TableName: env.ASSIGNMENTS_TABLE,
          Item: item,
          ConditionExpression: 'attribute_not_exists(assignmentId)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      ...(await eventWrites(creationEvent(toAssignment(item)), requestId)),
    ],
  });
}

/** The answer does not wait for the counters: what is not applied now stays listed, and the sweeper finds it. */
function applyEffectsInBackground(item: AssignmentItem, requestId: string): void {
  applyEffects([toPendingAssignment(item)], requestId).catch((thrown) => {
    log.error('effects not applied', { requestId, assignmentId: item.assignmentId, cause: thrown });
  });
}
