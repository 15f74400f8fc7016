import { applyEffects } from '@/lib/server/assignments/apply-effects';
import { pendingShard, toAssignment, toItem } from '@/lib/server/assignments/assignment-item';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { contentHash, derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { requireCourse } from '@/lib/server/courses/read-course';
import { env } from '@/lib/server/env';
import type { Beside } from '@/lib/server/failed-items/change-item';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';
import type { Asking } from '@/lib/server/failed-items/item-action';
import type { ItemClaim } from '@/lib/server/failed-items/retry/claim-item';
import { endClaim, type RetryEnd } from '@/lib/server/failed-items/retry/end-claim';
import { findLanded } from '@/lib/server/failed-items/retry/find-landed';
import { log } from '@/lib/server/log';
import { storedItem } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';
import type { Assignment, Effect, NewAssignment } from '@/lib/shared/assignment';

const COUNTERS: Effect[] = ['course', 'instructor'];

/** Where the assignment stands in the transaction that ends a claim. */
const ASSIGNMENT_AT = 1;

/**
 * Writes the assignment of a claimed row or form, under the token of its first attempt. The assignment, its audit event and
 * the end of the claim are one transaction; the counters follow as effects. Meeting its own token means that an earlier
 * attempt had arrived after all: nothing is created then.
 * @throws {AppError} of the last attempt; then the claim still stands
 */
export async function retryWrite(claim: ItemClaim, asking: Asking): Promise<RetryEnd> {
  const { item } = claim;
  if (item.payload === null) throw new AppError('SYSTEM_ERROR', `${item.id} has nothing to write`);
  if (claim.mayHaveLanded) {
    const landed = await findLanded(item, asking.requestId);
    if (landed) return endLanded(claim, landed, asking);
  }
  await requireCourse(item.payload.courseId, asking.requestId);
  return writeUnderFreeId(claim, item.payload, asking);
}

async function writeUnderFreeId(claim: ItemClaim, payload: NewAssignment, asking: Asking): Promise<RetryEnd> {
  const { item } = claim;
  const otherIds = item.mayTakeNewId ? env.MAX_RETRIES : 0;
  for (let attempt = 0; ; attempt++) {
    const assignment = assignmentOf(item, payload, { attempt, requestId: asking.requestId });
    const met = await writeOrMeet(claim, assignment, asking);
    if ('outcome' in met) return met;
    if (met.stored.writeToken === item.writeToken) return endLanded(claim, met.stored, asking);
    if (attempt >= otherIds) throw taken(assignment.assignmentId, met.refusal);
  }
}

/** The end of the claim; where the ID is taken, the assignment that holds it, and nothing has happened. */
async function writeOrMeet(claim: ItemClaim, assignment: Assignment, asking: Asking) {
  try {
    const end = await endClaim(claim, asking, {
      outcome: 'succeeded',
      assignmentId: assignment.assignmentId,
      message: 'Created',
      beside: await creation(claim.item, assignment, asking.requestId),
      token: assignment.assignmentId,
    });
    if (end.outcome === 'succeeded') applyInBackground(asItem(claim.item, assignment), asking.requestId);
    return end;
  } catch (refusal) {
    const stored = storedItem(refusal, ASSIGNMENT_AT);
    if (!stored) throw refusal;
    return { stored, refusal };
  }
}

function taken(assignmentId: string, cause: unknown): AppError {
  const message = `There is an assignment ${assignmentId} already`;
  return new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business', cause });
}

/** What will be written: of a row, as its batch would have written it. */
function assignmentOf(
  item: FailedItemItem,
  payload: NewAssignment,
  { attempt, requestId }: { attempt: number; requestId: string },
): Assignment {
  const now = new Date().toISOString();
  const { id, role, department } = item.actor;
  return {
    ...payload,
    assignmentId:
      attempt === 0 && item.assignmentId !== null
        ? item.assignmentId
        : derivedAssignmentId(item.writeToken, attempt),
    version: 1,
    createdBy: { id, role, department },
    createdAt: now,
    updatedAt: now,
    requestId,
    ...(item.batchId !== null && item.rowNumber !== null
      ? { batchId: item.batchId, rowNumber: item.rowNumber }
      : {}),
    pendingEffects: COUNTERS,
  };
}

function asItem({ writeToken }: FailedItemItem, assignment: Assignment) {
  return toItem(assignment, { writeToken, contentHash: contentHash(assignment) });
}

async function creation(item: FailedItemItem, assignment: Assignment, requestId: string): Promise<Beside> {
  const put = (effects: Effect[]) => ({
    Put: {
      TableName: env.ASSIGNMENTS_TABLE,
      Item: asItem(item, { ...assignment, pendingEffects: effects }),
      ConditionExpression: 'attribute_not_exists(assignmentId)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    },
  });
  return {
    usual: [put(COUNTERS)],
    events: await eventWrites(creationEvent(assignment), requestId),
    pending: [put([...COUNTERS, 'audit'])],
  };
}

/**
 * An earlier attempt had arrived. The write of a form brought its event and its counters along; a row was counted as failed
 * by its batch, so they are made up for now.
 * @param met the stored assignment with the token of this write
 * @throws {AppError} what DynamoDB answered
 */
export async function endLanded(
  claim: ItemClaim,
  met: Record<string, unknown>,
  asking: Asking,
): Promise<RetryEnd> {
  const { item } = claim;
  const landed = toAssignment(met);
  const end = await endClaim(claim, asking, {
    outcome: 'landed',
    assignmentId: landed.assignmentId,
    message: 'It had been created after all: nothing was written',
    ...(item.kind === 'batch_row' ? { beside: await adoption(item, landed, asking.requestId) } : {}),
    token: 'landed',
  });
  if (item.kind === 'batch_row' && end.outcome === 'landed') {
    applyInBackground({ ...met, pendingEffects: new Set(COUNTERS) }, asking.requestId);
  }
  return end;
}

/** Counts and audits a row that was written without either. Once: the claim that ends with it can end only once. */
async function adoption(item: FailedItemItem, landed: Assignment, requestId: string): Promise<Beside> {
  const asCreated =
    landed.version === 1 || item.payload === null ? landed : { ...landed, ...item.payload, version: 1 };
  const event = creationEvent(asCreated);
  const update = (effects: Effect[]) => ({
    Update: {
      TableName: env.ASSIGNMENTS_TABLE,
      Key: { assignmentId: landed.assignmentId },
      UpdateExpression: `SET pendingEffects = :effects, pendingShard = :shard, pendingSince = :now${
        effects.includes('audit') ? ', pendingEvents = :events' : ''
      }`,
      ConditionExpression: 'writeToken = :token AND attribute_not_exists(pendingEffects)',
      ExpressionAttributeValues: {
        ':effects': new Set(effects),
        ':shard': pendingShard(landed.assignmentId),
        ':now': new Date().toISOString(),
        ':token': item.writeToken,
        ...(effects.includes('audit') ? { ':events': [event] } : {}),
      },
    },
  });
  return {
    usual: [update(COUNTERS)],
    events: await eventWrites(event, requestId),
    pending: [update([...COUNTERS, 'audit'])],
  };
}

/** The answer does not wait for the counters: what is not applied now stays listed, and the sweeper finds it. */
function applyInBackground(item: Record<string, unknown>, requestId: string): void {
  applyEffects([toPendingAssignment(item)], requestId).catch((thrown) => {
    log.error('effects not applied', { requestId, assignmentId: item.assignmentId, cause: thrown });
  });
}
