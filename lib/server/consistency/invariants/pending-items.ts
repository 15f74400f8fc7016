import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import type { Checked, Finding, Piece, RepairPlan } from '@/lib/server/consistency/invariants/invariant';
import { pendingFinding, pendingSinceLimit } from '@/lib/server/consistency/invariants/overdue';
import { readStored } from '@/lib/server/consistency/read-stored';
import { scanPiece } from '@/lib/server/consistency/scan-piece';
import { env } from '@/lib/server/env';
import { type FailedItemItem, isCountPending, toFailedItemItem } from '@/lib/server/failed-items/failed-item';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { settleItems } from '@/lib/server/failed-items/settle/settle-items';
import type { Difference } from '@/lib/shared/consistency';

/** Failed items of one piece. */
const AT_ONCE = 200;

export const isItemId = (target: string) => /^(row|create|effects|undo)\./.test(target);

/** Checks the next failed items for audit events and changes of their batch's numbers that are still to be made. */
export async function checkPendingItems(piece: Piece): Promise<Checked> {
  const { requestId } = piece;
  const page = await scanPiece(
    {
      TableName: env.FAILED_ITEMS_TABLE,
      Limit: AT_ONCE,
      // The table also holds what is counted of groups.
      FilterExpression: 'lastAt < :limit AND attribute_exists(writeToken)',
      ExpressionAttributeValues: { ':limit': pendingSinceLimit() },
    },
    piece,
  );
  const pending = page.items.map(toFailedItemItem).filter((item) => whatIsPending(item).length > 0);
  const confirmed = await confirmFindings(
    pending.map(
      ({ id }) =>
        () =>
          lookAtItem(id, requestId),
    ),
  );
  return { ...confirmed, cursor: page.cursor, checked: page.read, read: page.read };
}

function whatIsPending(item: FailedItemItem): string[] {
  const { pendingEvents } = item;
  return [
    ...(isCountPending(item) ? ['not counted by its batch'] : []),
    ...(pendingEvents.length > 0 ? [`${pendingEvents.length} audit events pending`] : []),
  ];
}

async function readItem(id: string, requestId: string): Promise<FailedItemItem | undefined> {
  const { origin, itemKey } = keyOfId(id);
  const stored = await readStored(env.FAILED_ITEMS_TABLE, { origin, itemKey }, requestId);
  return stored && toFailedItemItem(stored);
}

async function lookAtItem(id: string, requestId: string): Promise<Finding | undefined> {
  const item = await readItem(id, requestId);
  const what = item ? whatIsPending(item) : [];
  if (!item || what.length === 0 || item.lastAt >= pendingSinceLimit()) return undefined;
  return pendingFinding(id, what.join(' and '), item.lastAt);
}

export async function planPendingItem(difference: Difference, requestId: string): Promise<RepairPlan> {
  const item = await readItem(difference.target, requestId);
  if (!item || whatIsPending(item).length === 0) {
    return { kind: 'gone', message: 'Nothing is pending any more' };
  }
  return {
    kind: 'repair',
    before: difference.found,
    after: difference.expected,
    run: () => settleItems([item], requestId),
    writes: [],
  };
}
