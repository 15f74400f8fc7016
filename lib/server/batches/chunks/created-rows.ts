import type { BatchItem } from '@/lib/server/batches/batch-item';
import { type ChunkState, OUTCOMES } from '@/lib/server/batches/chunks/chunk-state';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { type Origin, rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import type { Assignment } from '@/lib/shared/assignment';

/** What the assignments of a chunk share, the same at each attempt. */
export function originOf({ batchId, createdBy, requestId }: BatchItem, chunk: ChunkState): Origin {
  const { id, role, department } = createdBy;
  return {
    batchId,
    author: { id, role, department },
    requestId,
    createdAt: chunk.firstClaimedAt ?? new Date().toISOString(),
  };
}

/**
 * The assignments that a committed chunk created, as they were created, in the order of the file.
 * @throws {AppError} what DynamoDB answered
 */
export async function createdRows(
  batch: BatchItem,
  chunk: ChunkState,
  requestId: string,
): Promise<{ rowNumber: number; assignment: Assignment }[]> {
  const { outcomes = '', otherIds } = chunk;
  const { rows } = await readChunkRows(batch.batchId, chunk.chunk, requestId);
  const origin = originOf(batch, chunk);
  return rows
    .filter((_, position) => outcomes[position] === OUTCOMES.created)
    .map(({ assignmentId: _ownId, ...row }) => {
      const usual = rowAssignment(row, origin);
      const assignmentId = otherIds[String(row.rowNumber)] ?? usual.assignmentId;
      return { rowNumber: row.rowNumber, assignment: { ...usual, assignmentId } };
    });
}
