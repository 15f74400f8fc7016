import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type PendingAssignment, toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { settleEffects } from '@/lib/server/assignments/settle-effects';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import type { Asking } from '@/lib/server/failed-items/item-action';
import type { ItemClaim } from '@/lib/server/failed-items/retry/claim-item';
import { endClaim, type RetryEnd } from '@/lib/server/failed-items/retry/end-claim';
import { withRetry } from '@/lib/server/retry';
import { EFFECTS } from '@/lib/shared/assignment';

/**
 * Applies the effects of a create that stayed pending. An effect is removed in the transaction that applies it, so trying
 * again applies nothing twice.
 * @throws {AppError} where DynamoDB refused
 */
export async function retryEffects(claim: ItemClaim, asking: Asking): Promise<RetryEnd> {
  const { assignmentId } = claim.item;
  const pending = assignmentId === null ? undefined : await readPending(assignmentId, asking.requestId);
  if (!pending || pending.pendingEffects.size === 0) {
    const message = 'Nothing was pending any more';
    return endClaim(claim, asking, { outcome: 'landed', assignmentId, message });
  }
  await settleEffects([pending], EFFECTS, asking.requestId);
  return endClaim(claim, asking, { outcome: 'succeeded', assignmentId, message: 'Applied' });
}

/** What is pending of an assignment at this moment; undefined where it is gone. */
export async function readPending(
  assignmentId: string,
  requestId: string,
): Promise<PendingAssignment | undefined> {
  const command = new GetCommand({
    TableName: env.ASSIGNMENTS_TABLE,
    Key: { assignmentId },
    ConsistentRead: true,
  });
  const { Item } = await withRetry(() => documentClient.send(command), {
    operation: 'readPendingEffects',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  return Item && toPendingAssignment(Item);
}
