import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { PENDING_SHARD_KEYS } from '@/lib/server/assignments/assignment-item';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { settleEffects } from '@/lib/server/assignments/settle-effects';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import {
  type Checked,
  type Finding,
  type Invariant,
  type Piece,
  type RepairPlan,
  segmented,
} from '@/lib/server/consistency/invariants/invariant';
import { pendingFinding, pendingSinceLimit } from '@/lib/server/consistency/invariants/overdue';
import {
  checkPendingBatches,
  isBatchId,
  planPendingBatch,
} from '@/lib/server/consistency/invariants/pending-batches';
import {
  checkPendingItems,
  isItemId,
  planPendingItem,
} from '@/lib/server/consistency/invariants/pending-items';
import { readStored } from '@/lib/server/consistency/read-stored';
import { cursorAfter, startKeyOf } from '@/lib/server/consistency/scan-piece';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { EFFECTS } from '@/lib/shared/assignment';
import type { Difference } from '@/lib/shared/consistency';

/** Assignments of one piece. */
const AT_ONCE = 50;

/**
 * No effect of a create, no audit event or segment of a batch and no settlement of a failed item is pending for longer than
 * ten minutes. A difference shows what is pending and since when, and is repaired by doing it, the way a worker does.
 */
export const pendingEffects: Invariant = {
  name: 'pending-effects',
  parts: [
    ...segmented('assignments', PENDING_SHARD_KEYS.length, checkPendingAssignments),
    ...segmented('batches', 1, checkPendingBatches),
    ...segmented('failed-items', 2, checkPendingItems),
  ],
  plan: planPending,
};

async function checkPendingAssignments(piece: Piece): Promise<Checked> {
  const { cursor, segment, requestId } = piece;
  const command = new QueryCommand({
    TableName: env.ASSIGNMENTS_TABLE,
    IndexName: 'byPendingEffects',
    KeyConditionExpression: 'pendingShard = :shard AND pendingSince < :limit',
    ExpressionAttributeValues: { ':shard': PENDING_SHARD_KEYS[segment], ':limit': pendingSinceLimit() },
    Limit: AT_ONCE,
    ExclusiveStartKey: startKeyOf(cursor),
  });
  const { Items = [], LastEvaluatedKey } = await withRetry(() => documentClient.send(command), {
    operation: 'checkPendingAssignments',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  const looks = Items.map(
    ({ assignmentId }) =>
      () =>
        lookAtEffects(String(assignmentId), requestId),
  );
  const confirmed = await confirmFindings(looks);
  const after = cursorAfter(LastEvaluatedKey);
  return { ...confirmed, cursor: after, checked: Items.length, read: 1 + 2 * Items.length };
}

async function lookAtEffects(assignmentId: string, requestId: string): Promise<Finding | undefined> {
  const item = await readStored(env.ASSIGNMENTS_TABLE, { assignmentId }, requestId);
  const since = item?.pendingSince;
  if (!item || typeof since !== 'string' || since >= pendingSinceLimit()) return undefined;
  const { pendingEffects } = toPendingAssignment(item);
  const effects = [...pendingEffects].sort().join(', ');
  return pendingFinding(assignmentId, `${effects} pending`, since);
}

async function planPending(difference: Difference, requestId: string): Promise<RepairPlan> {
  const { target } = difference;
  if (isBatchId(target)) return planPendingBatch(difference, requestId);
  if (isItemId(target)) return planPendingItem(difference, requestId);
  const item = await readStored(env.ASSIGNMENTS_TABLE, { assignmentId: target }, requestId);
  const pending = item && toPendingAssignment(item);
  if (!pending || pending.pendingEffects.size === 0) {
    return { kind: 'gone', message: 'Nothing is pending any more' };
  }
  return {
    kind: 'repair',
    before: difference.found,
    after: difference.expected,
    run: () => settleEffects([pending], EFFECTS, requestId),
    writes: [],
  };
}
