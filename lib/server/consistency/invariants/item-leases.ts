import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import type { Checked, Finding, Piece, RepairPlan } from '@/lib/server/consistency/invariants/invariant';
import { isOverdue, leaseFinding } from '@/lib/server/consistency/invariants/overdue';
import { readStored } from '@/lib/server/consistency/read-stored';
import { scanPiece } from '@/lib/server/consistency/scan-piece';
import { env } from '@/lib/server/env';
import { type FailedItemItem, toFailedItemItem } from '@/lib/server/failed-items/failed-item';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import { itemUpdate } from '@/lib/server/failed-items/item-update';
import type { Difference } from '@/lib/shared/consistency';
import type { Attempt } from '@/lib/shared/failed-item';

/** Failed items of one piece. */
const AT_ONCE = 200;

/** Checks the leases of the next failed items. */
export async function checkItemLeases(piece: Piece): Promise<Checked> {
  const { requestId } = piece;
  const page = await scanPiece(
    {
      TableName: env.FAILED_ITEMS_TABLE,
      Limit: AT_ONCE,
      FilterExpression: '#state = :retrying',
      ProjectionExpression: 'id, leasedUntil',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':retrying': 'retrying' },
    },
    piece,
  );
  const overdue = page.items.filter(({ leasedUntil }) => isOverdue(String(leasedUntil)));
  const confirmed = await confirmFindings(
    overdue.map(
      ({ id }) =>
        () =>
          lookAtLease(String(id), requestId),
    ),
  );
  return { ...confirmed, cursor: page.cursor, checked: page.read, read: page.read };
}

async function readHeld(id: string, requestId: string): Promise<FailedItemItem | undefined> {
  const { origin, itemKey } = keyOfId(id);
  const stored = await readStored(env.FAILED_ITEMS_TABLE, { origin, itemKey }, requestId);
  const item = stored && toFailedItemItem(stored);
  return item?.state === 'retrying' && isOverdue(item.leasedUntil) ? item : undefined;
}

async function lookAtLease(id: string, requestId: string): Promise<Finding | undefined> {
  const item = await readHeld(id, requestId);
  return item && leaseFinding(id, item.leasedUntil);
}

/** What gives a failed item back as `unknown`: whoever retries it next reads its target first. */
export async function planItemLease(difference: Difference, requestId: string): Promise<RepairPlan> {
  const item = await readHeld(difference.target, requestId);
  if (!item) return { kind: 'gone', message: 'Nobody holds it any more, or somebody who is at work' };
  return {
    kind: 'repair',
    before: difference.found,
    after: difference.expected,
    run: () => noteGroups([item], requestId),
    writes: [giveBack(item, requestId)],
  };
}

/** As a worker does it that finds a lease over. */
function giveBack(item: FailedItemItem, requestId: string): Write {
  const attempt: Attempt = {
    ...{ at: new Date().toISOString(), requestId, outcome: 'interrupted', code: null, class: null },
    ...{ actor: null, bulkId: item.lastBulkId, message: 'The process that retried it vanished' },
  };
  const change = { set: { state: 'unknown' as const }, attempt, endsClaim: true };
  return { Update: itemUpdate(item, change, { version: item.version }) };
}
