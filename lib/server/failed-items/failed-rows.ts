import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { type Origin, rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import type { RowEnd } from '@/lib/server/batches/chunks/row-end';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { batchOrigin, type FailedItem, rowItemKey } from '@/lib/server/failed-items/failed-item';

/** The failed items of the rows that ended so, with the attempt that failed. */
export function failedRows(
  rows: ChunkRow[],
  ends: RowEnd[],
  { origin, requestId }: { origin: Origin; requestId: string },
): FailedItem[] {
  const now = new Date().toISOString();
  return rows.flatMap((row, position) => {
    const end = ends[position];
    if (end?.kind !== 'failed') return [];
    const { code, errorClass, message } = end.error;
    return [
      {
        origin: batchOrigin(origin.batchId),
        itemKey: rowItemKey(row.rowNumber),
        state: 'open' as const,
        version: 1,
        code,
        class: errorClass,
        message,
        payload: row.assignment,
        assignmentId: rowAssignment(row, origin).assignmentId,
        writeToken: rowToken(origin.batchId, row.rowNumber),
        attempts: [{ at: now, requestId, code, class: errorClass, message }],
        firstAt: now,
        lastAt: now,
        batchId: origin.batchId,
        rowNumber: row.rowNumber,
        courseId: row.assignment.courseId,
        actor: origin.author,
      },
    ];
  });
}
