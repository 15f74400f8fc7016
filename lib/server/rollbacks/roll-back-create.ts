import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { settleEffects } from '@/lib/server/assignments/settle-effects';
import { eventIdOf } from '@/lib/server/audit-log/event-id';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { eventTtl } from '@/lib/server/audit-log/retention';
import { classifyError } from '@/lib/server/classify-error';
import { deleteAssignment } from '@/lib/server/rollbacks/delete-assignment';
import { createPlan } from '@/lib/server/rollbacks/plan-create';
import { readTarget, type Target } from '@/lib/server/rollbacks/read-target';
import { AppError } from '@/lib/shared/app-error';
import { EFFECTS } from '@/lib/shared/assignment';
import type { RepairEvent } from '@/lib/shared/audit-event';
import type { CreateWay } from '@/lib/shared/rollback';
import type { Author } from '@/lib/shared/session';

type Rollback = {
  assignmentId: string;
  way: CreateWay;
  /** The version that the plan showed. */
  version: number;
  reason: string;
  actor: Author;
  requestId: string;
};

/** How often it may turn out differently before it is told. */
const MOST_ROUNDS = 3;

/**
 * Puts right a create of which a part is pending: applies what is missing, or takes the assignment away. Each is one
 * transaction with its audit event; running it again finds that nothing is left to do.
 * @returns what was done, in words for people
 * @throws {AppError} CONDITIONAL_FAILED where the assignment is not what the plan showed; or what DynamoDB answered
 */
export async function rollBackCreate(rollback: Rollback): Promise<string> {
  for (let round = 1; ; round++) {
    try {
      return await attempt(rollback);
    } catch (thrown) {
      const error = classifyError(thrown);
      if (round === MOST_ROUNDS || !isWorthAnotherLook(error)) throw error;
    }
  }
}

/** It changed under our hands, or the answer was lost: then what is stored says what to do. */
function isWorthAnotherLook({ code, current, isRetryable }: AppError): boolean {
  if (code === 'CONDITIONAL_FAILED') return current === undefined;
  return code === 'SYSTEM_ERROR' && isRetryable;
}

/** Reads first, each time: an earlier attempt may have landed, or the sweeper may have been here. */
async function attempt(rollback: Rollback): Promise<string> {
  const target = await readTarget(rollback.assignmentId, new Date(0).toISOString(), rollback.requestId);
  const { item, current } = target;
  if (!item || !current) return whatBecameOf(target, rollback);
  const { pendingEffects, version } = current;
  if (rollback.way === 'apply' && pendingEffects.length === 0) {
    return 'Nothing is pending any more: the assignment is complete';
  }
  const { blocked } = createPlan(rollback, current);
  if (blocked !== null || version !== rollback.version) {
    const message =
      blocked ?? `It is at version ${version} now; the plan was for version ${rollback.version}`;
    throw new AppError('CONDITIONAL_FAILED', `Nothing was done. ${message}`, {
      errorClass: 'business',
      current,
    });
  }
  if (rollback.way === 'apply') return apply(item, rollback);
  await deleteAssignment(item, {
    author: rollback.actor,
    requestId: rollback.requestId,
    reason: rollback.reason,
  });
  return TAKEN_AWAY;
}

const TAKEN_AWAY = 'The assignment was taken away';

function whatBecameOf({ history }: Target, { way, requestId, assignmentId }: Rollback): string {
  const isOwn = history[0]?.action === 'DELETE_ASSIGNMENT' && history[0].requestId === requestId;
  if (isOwn) return TAKEN_AWAY;
  if (way === 'compensate') return 'The assignment was gone already: nothing was done';
  throw new AppError('NOT_FOUND', `There is no assignment ${assignmentId}`);
}

async function apply(item: Record<string, unknown>, rollback: Rollback): Promise<string> {
  const event = applyEvent(item, rollback);
  const beside = await eventWrites(event, rollback.requestId);
  await settleEffects([toPendingAssignment(item)], EFFECTS, rollback.requestId, beside);
  return 'What was pending has been written';
}

/** Says that a person applied what was pending: the assignment itself does not change, so it gets no event of its own. */
function applyEvent(item: Record<string, unknown>, { actor, requestId, reason }: Rollback): RepairEvent {
  const { assignmentId, pendingEffects } = toAssignment(item);
  const time = new Date().toISOString();
  return {
    schemaVersion: 1,
    eventId: eventIdOf(requestId, 'REPAIR', assignmentId),
    action: 'REPAIR',
    outcome: 'success',
    actor: { id: actor.id, role: actor.role, department: actor.department },
    resource: { kind: 'invariant', invariant: 'pending-effects', target: assignmentId },
    changes: { pendingEffects: { before: pendingEffects.join(', '), after: '' } },
    reason,
    time,
    requestId,
    ttl: eventTtl('REPAIR', time),
  };
}
