import { metaKey } from '@/lib/server/batches/batch-item';
import { originOf } from '@/lib/server/batches/chunks/created-rows';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { checkBatches } from '@/lib/server/consistency/check-batches';
import { type Invariant, type RepairPlan, segmented } from '@/lib/server/consistency/invariants/invariant';
import { lookAtFailed, type UnlistedRow } from '@/lib/server/consistency/invariants/look-at-failed';
import { env } from '@/lib/server/env';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import { failedRows } from '@/lib/server/failed-items/record/failed-rows';
import type { NewFailedItem } from '@/lib/server/failed-items/record/new-failed-item';
import { AppError } from '@/lib/shared/app-error';
import type { Difference } from '@/lib/shared/consistency';

/** One transaction takes 100 writes; a few go with the repair itself. */
const MOST_LISTED = 90;

/**
 * Each batch counts as many failed rows as it has unresolved failed items. Checked batch by batch; a difference shows both
 * numbers. Rows that their chunk counts as failed and that nobody lists are listed again; otherwise the number is replaced.
 */
export const failedItemCounts: Invariant = {
  name: 'failed-item-counts',
  parts: segmented('batches', 1, (piece) => checkBatches(piece, lookAtFailed)),
  plan: planFailed,
};

async function planFailed({ target, found }: Difference, requestId: string): Promise<RepairPlan> {
  const { finding, stored, listed, unlisted } = await lookAtFailed(target, requestId);
  if (!finding) return { kind: 'gone', message: 'Both numbers are the same by now' };
  if (finding === 'moving' || finding.found !== found) {
    return { kind: 'changed', message: 'The number has changed since: check again' };
  }
  if (unlisted.length > MOST_LISTED) {
    return { kind: 'not_repairable', message: `${unlisted.length} rows are missing: upload them again` };
  }
  if (unlisted.length === 0) {
    return { kind: 'repair', before: stored, after: listed, writes: [replaceFailed(target, stored, listed)] };
  }
  const items = (await Promise.all(unlisted.map((row) => recordAgain(row, requestId)))).flat();
  return {
    kind: 'repair',
    before: listed,
    after: listed + items.length,
    run: () => noteGroups(items, requestId),
    writes: items.map(listAgain),
  };
}

function replaceFailed(batchId: string, seen: number, failed: number): Write {
  return {
    Update: {
      ...metaKey(batchId),
      UpdateExpression: 'SET failed = :failed',
      ConditionExpression: 'failed = :seen',
      ExpressionAttributeValues: { ':failed': failed, ':seen': seen },
    },
  };
}

/** The record of a failed row, made anew from the row as the file has it. */
async function recordAgain({ chunk, rowNumber }: UnlistedRow, requestId: string): Promise<NewFailedItem[]> {
  const batch = await readBatchItem(chunk.batchId, requestId);
  const { rows } = await readChunkRows(chunk.batchId, chunk.chunk, requestId);
  const message = 'This row was not written. The record of its failure was lost and made again by a repair';
  const error = new AppError('SYSTEM_ERROR', message, { errorClass: 'transient' });
  return failedRows(
    rows.filter((row) => row.rowNumber === rowNumber),
    [{ kind: 'failed', error }],
    { origin: originOf(batch, chunk), chunk: chunk.chunk, takenIds: batch.takenIds, requestId },
  );
}

/** Unless somebody has listed it meanwhile. */
function listAgain(item: NewFailedItem): Write {
  return {
    Put: {
      TableName: env.FAILED_ITEMS_TABLE,
      Item: { ...item },
      ConditionExpression: 'attribute_not_exists(origin)',
    },
  };
}
