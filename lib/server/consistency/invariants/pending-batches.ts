import { readBatchItem } from '@/lib/server/batches/read-batch';
import { settleBatchEvents } from '@/lib/server/batches/worker/settle-batch-events';
import { settleSegments } from '@/lib/server/batches/worker/settle-segments';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import type { Checked, Finding, Piece, RepairPlan } from '@/lib/server/consistency/invariants/invariant';
import { pendingFinding, pendingSinceLimit } from '@/lib/server/consistency/invariants/overdue';
import { walkBatches } from '@/lib/server/consistency/walk-batches';
import type { Difference } from '@/lib/shared/consistency';

/** Batches of one piece. */
const AT_ONCE = 20;

export const isBatchId = (target: string) => target.startsWith('batch_');

/** Checks the next batches for audit events and segments that are still to be written. */
export async function checkPendingBatches(piece: Piece): Promise<Checked> {
  const { batchIds, cursor } = await walkBatches(piece, AT_ONCE);
  const looks = batchIds.map((batchId) => () => lookAtBatch(batchId, piece.requestId));
  const confirmed = await confirmFindings(looks);
  return { ...confirmed, cursor, checked: batchIds.length, read: batchIds.length };
}

async function lookAtBatch(batchId: string, requestId: string): Promise<Finding | undefined> {
  const { pendingEvents, pendingSegments, updatedAt } = await readBatchItem(batchId, requestId);
  const what = [
    ...(pendingEvents.length > 0 ? [`${pendingEvents.length} audit events pending`] : []),
    ...(pendingSegments > 0 ? [`${pendingSegments} audit segments pending`] : []),
  ];
  // A batch that moves has a worker, which writes them as soon as the audit table takes them.
  if (what.length === 0 || updatedAt >= pendingSinceLimit()) return undefined;
  return pendingFinding(batchId, what.join(' and '), updatedAt);
}

export async function planPendingBatch(difference: Difference, requestId: string): Promise<RepairPlan> {
  const batch = await readBatchItem(difference.target, requestId);
  if (batch.pendingEvents.length === 0 && batch.pendingSegments === 0) {
    return { kind: 'gone', message: 'Nothing is pending any more' };
  }
  return {
    kind: 'repair',
    before: difference.found,
    after: difference.expected,
    run: async () => {
      await settleBatchEvents(batch, requestId);
      await settleSegments(batch, requestId);
    },
    writes: [],
  };
}
