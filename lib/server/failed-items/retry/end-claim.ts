import { failedItemEvent } from '@/lib/server/audit-log/failed-item-event';
import { type Beside, changeItem, ITEM_AT } from '@/lib/server/failed-items/change-item';
import { toFailedItemItem } from '@/lib/server/failed-items/failed-item';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import type { Asking } from '@/lib/server/failed-items/item-action';
import { failureCause } from '@/lib/server/failed-items/record/failure-cause';
import { fingerprintOf } from '@/lib/server/failed-items/record/fingerprint';
import { particularValues } from '@/lib/server/failed-items/record/new-failed-item';
import type { ItemClaim } from '@/lib/server/failed-items/retry/claim-item';
import { refusalAt, storedItem } from '@/lib/server/stored-item';
import type { AppError } from '@/lib/shared/app-error';
import type { Attempt } from '@/lib/shared/failed-item';

/** How a claim ended. `lost`: somebody else has taken the item over, and nothing was done. */
export type RetryEnd = {
  outcome: 'succeeded' | 'landed' | 'failed' | 'lost';
  message: string;
  code: string | null;
  assignmentId: string | null;
};

type Success = {
  outcome: 'succeeded' | 'landed';
  assignmentId: string | null;
  message: string;
  /** What must happen with it, or not at all. */
  beside?: Beside;
  token?: string;
};

/**
 * Ends a claim with success, together with what must happen beside it.
 * @throws {AppError} CONDITIONAL_FAILED where something beside it was refused, or what DynamoDB answered
 */
export async function endClaim(claim: ItemClaim, asking: Asking, success: Success): Promise<RetryEnd> {
  const { item, leaseToken } = claim;
  const { outcome, message, assignmentId, beside, token } = success;
  const time = new Date().toISOString();
  const set = {
    state: 'succeeded' as const,
    lastAt: time,
    resolvedBy: leaseToken,
    assignmentId: assignmentId ?? item.assignmentId,
  };
  const attempt = attemptOf(asking, { at: time, outcome, code: null, class: null, message });
  const end: RetryEnd = { outcome, message, code: null, assignmentId: set.assignmentId };
  try {
    await changeItem({
      before: item,
      change: { set, attempt, endsClaim: true },
      expected: { leaseToken },
      event: retryEvent(claim, asking, { time, after: set, code: null }),
      requestId: asking.requestId,
      ...(token ? { token } : {}),
      ...(beside ? { beside } : {}),
    });
    return end;
  } catch (thrown) {
    if (refusalAt(thrown, ITEM_AT) !== 'ConditionalCheckFailed') throw thrown;
    return endedBefore(thrown, leaseToken, end);
  }
}

const CREATED = { outcome: 'succeeded' as const, message: 'Created', code: null };

/** The claim is over: by this very transaction, whose answer was lost, or by somebody who took the item over. */
function endedBefore(refusal: unknown, leaseToken: string, end: RetryEnd): RetryEnd {
  const stored = storedItem(refusal, ITEM_AT);
  const now = stored && toFailedItemItem(stored);
  if (now?.resolvedBy === leaseToken) return { ...end, assignmentId: now.assignmentId };
  const message = 'Somebody else has taken it over';
  return { outcome: 'lost', message, code: null, assignmentId: null };
}

/**
 * Ends a claim with the failure of its attempt: the item is open again with one more attempt, under its new cause.
 * @throws {AppError} what DynamoDB answered; the item is then free again when its lease is over
 */
export async function endClaimFailed(claim: ItemClaim, asking: Asking, error: AppError): Promise<RetryEnd> {
  const { item, leaseToken } = claim;
  const time = new Date().toISOString();
  const cause = failureCause(error);
  const { code, message } = cause;
  const set = {
    ...cause,
    state: 'open' as const,
    lastAt: time,
    fingerprint: fingerprintOf({ ...cause, kind: item.kind }, particularValues(item)),
  };
  const attempt = attemptOf(asking, { at: time, outcome: 'failed', code, class: cause.class, message });
  const end: RetryEnd = { outcome: 'failed', message, code, assignmentId: null };
  try {
    await changeItem({
      before: item,
      change: { set, attempt, endsClaim: true },
      expected: { leaseToken },
      event: retryEvent(claim, asking, { time, after: set, code }),
      requestId: asking.requestId,
    });
    // Its former group is noted with all that were retried beside it.
    if (set.fingerprint !== item.fingerprint) await noteGroups([{ ...item, ...set }], asking.requestId);
    return end;
  } catch (thrown) {
    if (refusalAt(thrown, ITEM_AT) !== 'ConditionalCheckFailed') throw thrown;
    const stored = storedItem(thrown, ITEM_AT);
    const isOurs = stored && toFailedItemItem(stored).attempts.at(-1)?.at === time;
    // Otherwise the write itself may have arrived, and only its last answer was lost.
    return isOurs ? end : endedBefore(thrown, leaseToken, { ...end, ...CREATED });
  }
}

type Ended = Pick<Attempt, 'at' | 'outcome' | 'code' | 'class' | 'message'>;

function attemptOf({ actor, requestId, bulkId }: Asking, ended: Ended): Attempt {
  const { id, role, department, name } = actor;
  return { ...ended, requestId, actor: { id, role, department, name }, bulkId };
}

type EventFacts = {
  time: string;
  after: Parameters<typeof failedItemEvent>[0]['after'];
  code: string | null;
};

function retryEvent({ item }: ItemClaim, asking: Asking, { time, after, code }: EventFacts) {
  const { actor, requestId, reason, bulkId } = asking;
  return failedItemEvent({
    action: 'RETRY_FAILED_ITEM',
    before: item,
    after,
    author: actor,
    requestId,
    time,
    reason,
    code,
    bulkId,
  });
}
