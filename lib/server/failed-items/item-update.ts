import {
  type FailedItemItem,
  indexKeys,
  itemPlace,
  lookShard,
  nextLookAt,
  toFailedItemItem,
} from '@/lib/server/failed-items/failed-item';
import type { FailedItemEvent } from '@/lib/shared/audit-event';
import type { Attempt } from '@/lib/shared/failed-item';

/** How an item changes: the attributes that get new values, and an attempt that is added to its history. */
export type ItemChange = {
  set: Partial<Omit<FailedItemItem, 'id' | 'origin' | 'itemKey' | 'attempts' | 'attemptCount' | 'version'>>;
  attempt?: Attempt;
  /** Ends the claim under which the change is made. */
  endsClaim?: boolean;
};

/** What must still be stored: the version that was read, or the claim of this process. */
export type Expected = { version: number } | { leaseToken: string };

/** The item after the change. */
export function changedItem(before: FailedItemItem, { set, attempt, endsClaim }: ItemChange): FailedItemItem {
  const after = { ...before, ...set, version: before.version + 1 };
  return {
    ...after,
    ...(attempt ? { attempts: [...before.attempts, attempt], attemptCount: before.attemptCount + 1 } : {}),
    ...(endsClaim ? { leaseToken: undefined, leasedUntil: undefined } : {}),
  };
}

/**
 * The conditional update that makes a change, with the keys of the indexes that follow from it.
 * @param pendingEvent of the change, where the audit table has refused it: the item keeps it until the table takes it
 */
export function itemUpdate(
  before: FailedItemItem,
  change: ItemChange,
  expected: Expected,
  pendingEvent?: FailedItemEvent,
) {
  const after = changedItem(before, change);
  const lookAt = pendingEvent ? after.lastAt : nextLookAt(after);
  const values: Record<string, unknown> = {
    ...change.set,
    version: after.version,
    ...indexKeys(after),
    ...(lookAt ? { lookShard: lookShard(after.id), nextLookAt: lookAt } : {}),
    ...(change.attempt ? { attemptCount: after.attemptCount } : {}),
  };
  const names = Object.keys(values);
  const sets = [
    ...names.map((name) => `#${name} = :${name}`),
    ...(change.attempt ? ['attempts = list_append(attempts, :attempt)'] : []),
    ...(pendingEvent ? ['pendingEvents = list_append(if_not_exists(pendingEvents, :none), :event)'] : []),
  ];
  const removed = [
    ...(change.endsClaim ? ['leaseToken', 'leasedUntil'] : []),
    ...(lookAt ? [] : ['lookShard', 'nextLookAt']),
  ];
  const [[expectedName = '', expectedValue] = []] = Object.entries(expected);
  return {
    ...itemPlace(before),
    UpdateExpression: `SET ${sets.join(', ')}${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}`,
    // What the batch counts a row as decides whether a worker must look: it may have been settled since it was read.
    ConditionExpression: `#expected = :expected AND counted = :counted`,
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      '#expected': expectedName,
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
      ':expected': expectedValue,
      ':counted': before.counted,
      ...(change.attempt ? { ':attempt': [change.attempt] } : {}),
      ...(pendingEvent ? { ':none': [], ':event': [pendingEvent] } : {}),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

/**
 * The item as it is stored, where a change was refused only because a worker has counted the row anew since it was read:
 * then the same change can be made to it.
 * @param stored the item that the refused condition met
 */
export function countedMeanwhile(
  before: FailedItemItem,
  stored: Record<string, unknown> | undefined,
): FailedItemItem | undefined {
  const now = stored && toFailedItemItem(stored);
  return now?.version === before.version && now.counted !== before.counted ? now : undefined;
}
