import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { type AssignmentUpdate, assignmentUpdate } from '@/lib/server/assignments/assignment-update';
import { assignmentNotFound, readAssignment } from '@/lib/server/assignments/read-assignment';
import { writeIdentity } from '@/lib/server/assignments/write-identity';
import { assignmentEvent } from '@/lib/server/audit-log/assignment-event';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { endsWithoutEvent, isAuditRefusal, refuseIfStrict } from '@/lib/server/audit-log/is-audit-refusal';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import { storedItem } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';
import { type Assignment, CONTENT_FIELDS } from '@/lib/shared/assignment';
import type { AssignmentAction } from '@/lib/shared/audit-event';
import type { Actor, Author } from '@/lib/shared/session';

type Change = {
  action: Exclude<AssignmentAction, 'CREATE_ASSIGNMENT' | 'DELETE_ASSIGNMENT'>;
  assignmentId: string;
  /** The version the person saw; without it the change applies to whatever is stored. */
  version: number | undefined;
  actor: Author & Pick<Actor, 'courseIds'>;
  requestId: string;
  idempotencyKey?: string | undefined;
  /** What the assignment becomes. Throws where it may not become that. */
  next: (current: Assignment) => Assignment;
};

/**
 * Changes one assignment and writes its audit event in one transaction, if it is still at the version that the person
 * saw. A change of nothing writes nothing; sending the same change again answers the result of the first.
 * @throws {AppError} CONDITIONAL_FAILED with the current assignment when somebody else was quicker; NOT_FOUND, FORBIDDEN
 */
export async function changeAssignment(change: Change): Promise<Assignment> {
  const { actor, requestId, idempotencyKey } = change;
  const before = await readAssignment(change.assignmentId, actor, requestId);
  const seen = change.version ?? before.version;
  const next = change.next(before);
  const { writeToken } = writeIdentity(next, { author: actor, requestId, idempotencyKey });
  if (
    seen === before.version &&
    CONTENT_FIELDS.every((field) => next[field] === before[field]) &&
    next.status === before.status
  ) {
    return before;
  }
  const updatedAt = new Date().toISOString();
  const after = { ...next, version: seen + 1, updatedAt };
  const event = assignmentEvent({
    action: change.action,
    author: actor,
    requestId,
    time: updatedAt,
    before,
    after,
  });
  return write({ before, after, seen, writeToken, event }, requestId);
}

async function write(update: AssignmentUpdate, requestId: string): Promise<Assignment> {
  const context = { operation: 'changeAssignment', requestId, maxRetries: env.MAX_RETRIES };
  try {
    const both = await updateWithEvent(update, requestId);
    await withRetry(() => documentClient.send(both), {
      ...context,
      isFinal: (error) => endsWithoutEvent(error),
    });
    return update.after;
  } catch (thrown) {
    if (!isAuditRefusal(thrown)) return earlierResult(update, thrown);
    refuseIfStrict(thrown);
    const { code, message } = classifyError(thrown);
    log.warn('audit table refused, changing the assignment alone', { ...context, code, reason: message });
  }
  try {
    await withRetry(
      () => documentClient.send(new UpdateCommand(assignmentUpdate(update, 'pending'))),
      context,
    );
    return {
      ...update.after,
      pendingEffects: [...new Set([...update.after.pendingEffects, 'audit' as const])],
    };
  } catch (thrown) {
    return earlierResult(update, thrown);
  }
}

async function updateWithEvent(update: AssignmentUpdate, requestId: string): Promise<TransactWriteCommand> {
  return new TransactWriteCommand({
    TransactItems: [
      { Update: assignmentUpdate(update, 'written') },
      ...(await eventWrites(update.event, requestId)),
    ],
  });
}

/** A refused condition is either our own change, whose answer was lost, or somebody else's. */
function earlierResult({ before, seen, writeToken }: AssignmentUpdate, thrown: unknown): Assignment {
  const error = classifyError(thrown);
  if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable) throw error;
  const stored = storedItem(thrown);
  if (!stored) throw assignmentNotFound(before.assignmentId);
  const current = toAssignment(stored);
  if (stored.changeToken === writeToken) return current;
  throw new AppError(
    'CONDITIONAL_FAILED',
    `This assignment was changed meanwhile: you edited version ${seen}, it is now at version ${current.version}`,
    { cause: error.cause, current },
  );
}
