import { underHold } from '@/lib/server/audit-log/legal-hold/under-hold';
import { toSegmentItem } from '@/lib/server/audit-log/segment';
import type { Origin } from '@/lib/server/batches/chunks/row-assignment';
import type { Assignment } from '@/lib/shared/assignment';

/** The audit item of the creation of these rows; the same rows give the same item, so it can be written again. */
export async function creationSegment(
  { batchId, author, requestId, createdAt }: Origin,
  rows: { rowNumber: number; assignment: Assignment }[],
) {
  const item = await toSegmentItem({
    action: 'CREATE_ASSIGNMENT',
    batchId,
    sourceBatchId: batchId,
    author,
    requestId,
    time: createdAt,
    rows,
  });
  return underHold(item, requestId);
}
