import { classifyError } from '@/lib/server/classify-error';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';
import type { Asking } from '@/lib/server/failed-items/item-action';
import { errorCode } from '@/lib/server/failed-items/record/record-held-up-undos';
import { claimItem, type ItemClaim } from '@/lib/server/failed-items/retry/claim-item';
import { endClaimFailed, type RetryEnd } from '@/lib/server/failed-items/retry/end-claim';
import { retryEffects } from '@/lib/server/failed-items/retry/retry-effects';
import { retryUndo } from '@/lib/server/failed-items/retry/retry-undo';
import { retryWrite } from '@/lib/server/failed-items/retry/retry-write';
import { recordEnd } from '@/lib/server/metrics/record';
import { withSeries } from '@/lib/server/metrics/series-context';
import type { ItemOutcome } from '@/lib/shared/failed-item';

const QUICKER = 'Somebody else was quicker with it';

/**
 * Retries one failed item: claims it, does once more what failed, and ends the claim with what it came to. However it is
 * cut off, the claim decides: nothing is done twice, and the item is never lost.
 * @param item as it was read; where it has changed meanwhile, nothing is done
 * @throws {AppError} where the item itself could not be claimed or given back; its state is then found out later
 */
export async function retryItem(item: FailedItemItem, asking: Asking): Promise<ItemOutcome> {
  const claim = await claimItem(item, asking.bulkId, asking.requestId);
  if (!claim) return { id: item.id, outcome: 'skipped', message: QUICKER, code: null, assignmentId: null };
  const startedAt = performance.now();
  const end = await withSeries('retry', () => tryAgain(claim, asking));
  const { outcome, message, code, assignmentId } = end;
  recordRetry(end, { startedAt, requestId: asking.requestId });
  const kept = { id: item.id, message, code, assignmentId };
  if (outcome === 'lost') return { ...kept, outcome: 'skipped' };
  return { ...kept, outcome: outcome === 'failed' ? 'failed' : 'succeeded' };
}

/** What somebody else has taken over was not tried here. */
function recordRetry({ outcome, code }: RetryEnd, { startedAt, requestId }: Timing): void {
  if (outcome === 'lost') return;
  const durationMs = performance.now() - startedAt;
  const ended = outcome === 'failed' ? errorCode(code ?? '') : 'success';
  recordEnd('retry', { outcome: ended, durationMs, requestId });
}

type Timing = { startedAt: number; requestId: string };

async function tryAgain(claim: ItemClaim, asking: Asking): Promise<RetryEnd> {
  try {
    return await attempt(claim, asking);
  } catch (thrown) {
    return endClaimFailed(claim, asking, classifyError(thrown));
  }
}

function attempt(claim: ItemClaim, asking: Asking): Promise<RetryEnd> {
  switch (claim.item.kind) {
    case 'batch_row':
    case 'create':
      return retryWrite(claim, asking);
    case 'effects':
      return retryEffects(claim, asking);
    case 'undo':
      return retryUndo(claim, asking);
  }
}
