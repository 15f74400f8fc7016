import { failedItemEvent } from '@/lib/server/audit-log/failed-item-event';
import { changeItem, ITEM_AT } from '@/lib/server/failed-items/change-item';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';
import type { Asking, ItemAction } from '@/lib/server/failed-items/item-action';
import { countedMeanwhile } from '@/lib/server/failed-items/item-update';
import { refusalAt, storedItem } from '@/lib/server/stored-item';
import type { FailedItemEventAction } from '@/lib/shared/audit-event';
import type { ItemOutcome } from '@/lib/shared/failed-item';

export type SetAside = Exclude<ItemAction, { action: 'retry' }>;

const EVENTS = {
  discard: 'DISCARD_FAILED_ITEM',
  snooze: 'SNOOZE_FAILED_ITEM',
  restore: 'RESTORE_FAILED_ITEM',
} as const satisfies Record<SetAside['action'], FailedItemEventAction>;

const DONE = { discard: 'Discarded', snooze: 'Snoozed', restore: 'Open again' } as const;

/**
 * Discards, snoozes or restores one failed item, as it was read. Nothing of its content or history changes.
 * @returns skipped where it has changed meanwhile
 * @throws {AppError} what DynamoDB answered
 */
export async function setAside(item: FailedItemItem, action: SetAside, asking: Asking): Promise<ItemOutcome> {
  const { actor, requestId, reason, bulkId } = asking;
  const time = new Date().toISOString();
  const set = { ...newState(action), lastBulkId: bulkId };
  const event = failedItemEvent({
    ...{ action: EVENTS[action.action], before: item, after: set, author: actor, requestId, time, bulkId },
    reason: action.action === 'discard' ? action.reason : reason,
  });
  const outcome = { id: item.id, code: null, assignmentId: null };
  try {
    const expected = { version: item.version };
    await changeItem({ before: item, change: { set }, expected, event, requestId });
    return { ...outcome, outcome: 'succeeded', message: DONE[action.action] };
  } catch (thrown) {
    if (refusalAt(thrown, ITEM_AT) !== 'ConditionalCheckFailed') throw thrown;
    const counted = countedMeanwhile(item, storedItem(thrown, ITEM_AT));
    if (counted) return setAside(counted, action, asking);
    return { ...outcome, outcome: 'skipped', message: 'Somebody else was quicker with it' };
  }
}

function newState(action: SetAside) {
  switch (action.action) {
    case 'discard':
      return { state: 'discarded' as const, discardReason: action.reason, snoozedUntil: null };
    case 'snooze':
      return { state: 'snoozed' as const, snoozedUntil: action.until };
    case 'restore':
      return { state: 'open' as const, discardReason: null, snoozedUntil: null };
  }
}
