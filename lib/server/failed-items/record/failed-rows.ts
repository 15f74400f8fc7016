import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { mayRowTakeNewId, type Origin, rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import type { RowEnd } from '@/lib/server/batches/chunks/row-end';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { rowName } from '@/lib/server/failed-items/failed-item-key';
import { type NewFailedItem, newFailedItem } from '@/lib/server/failed-items/record/new-failed-item';
import type { TakenIdPolicy } from '@/lib/shared/batch';

type Chunk = { origin: Origin; chunk: number; takenIds: TakenIdPolicy; requestId: string };

/** The failed items of the rows that ended so, with the attempt that failed. */
export function failedRows(
  rows: ChunkRow[],
  ends: RowEnd[],
  { origin, chunk, takenIds, requestId }: Chunk,
): NewFailedItem[] {
  return rows.flatMap((row, position) => {
    const end = ends[position];
    if (end?.kind !== 'failed') return [];
    const { batchId, author } = origin;
    const { rowNumber, assignment } = row;
    return [
      newFailedItem(end.error, {
        ...rowName(batchId, rowNumber),
        kind: 'batch_row',
        payload: assignment,
        title: assignment.title,
        courseId: assignment.courseId,
        assignmentId: rowAssignment(row, origin).assignmentId,
        writeToken: rowToken(batchId, rowNumber),
        mayTakeNewId: mayRowTakeNewId(row, takenIds),
        batchId,
        rowNumber,
        row: { chunk, courseId: assignment.courseId },
        counted: 'failed',
        actor: author,
        requestId,
        values: row.cells,
      }),
    ];
  });
}
