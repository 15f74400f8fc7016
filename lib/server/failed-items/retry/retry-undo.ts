import { readBatchItem } from '@/lib/server/batches/read-batch';
import { lookAfterUndo } from '@/lib/server/batches/worker/look-after-undo';
import type { Asking } from '@/lib/server/failed-items/item-action';
import { errorCode } from '@/lib/server/failed-items/record/record-held-up-undos';
import type { ItemClaim } from '@/lib/server/failed-items/retry/claim-item';
import { endClaim, type RetryEnd } from '@/lib/server/failed-items/retry/end-claim';
import { AppError } from '@/lib/shared/app-error';

/** How long a person waits for one attempt; workers go on with the rest. */
const ATTEMPT_MS = 5000;

/**
 * Goes on with an undo that was held up, beside any worker. It has succeeded where the undo moves again.
 * @throws {AppError} what holds it up still
 */
export async function retryUndo(claim: ItemClaim, asking: Asking): Promise<RetryEnd> {
  const { batchId } = claim.item;
  if (batchId === null) throw new AppError('SYSTEM_ERROR', `${claim.item.id} names no batch`);
  const until = Date.now() + ATTEMPT_MS;
  await lookAfterUndo(batchId, { requestId: asking.requestId, isStopping: () => Date.now() > until });
  const { problem, state } = await readBatchItem(batchId, asking.requestId);
  if (problem && state === 'running') throw new AppError(errorCode(problem.code), problem.message);
  return endClaim(claim, asking, {
    outcome: 'succeeded',
    assignmentId: null,
    message: 'The undo goes on',
  });
}
