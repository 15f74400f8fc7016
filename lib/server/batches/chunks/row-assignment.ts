import { derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import type { Assignment } from '@/lib/shared/assignment';
import type { TakenIdPolicy } from '@/lib/shared/batch';
import type { Author } from '@/lib/shared/session';

/** What all assignments of a chunk share. `createdAt` is the instant at which the chunk was first claimed. */
export type Origin = { batchId: string; author: Author; requestId: string; createdAt: string };

/** The assignment that a row becomes: the same each time, so that writing it again overwrites itself. */
export function rowAssignment({ rowNumber, assignment, assignmentId }: ChunkRow, origin: Origin): Assignment {
  const { batchId, author, requestId, createdAt } = origin;
  return {
    ...assignment,
    assignmentId: assignmentId ?? derivedAssignmentId(rowToken(batchId, rowNumber), 0),
    version: 1,
    createdBy: { id: author.id, role: author.role, department: author.department },
    createdAt,
    updatedAt: createdAt,
    requestId,
    batchId,
    rowNumber,
    // The commit of the chunk counts and audits it.
    pendingEffects: [],
  };
}

/** Whether a row may be written under another ID where its own is taken. A correction has the ID of what it replaces. */
export function mayRowTakeNewId(
  { assignmentId, corrects }: Pick<ChunkRow, 'assignmentId' | 'corrects'>,
  takenIds: TakenIdPolicy,
): boolean {
  if (corrects !== undefined) return false;
  return assignmentId === undefined || takenIds === 'new_id';
}
