import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { batchGet } from '@/lib/server/batch-get';
import type { BatchItem } from '@/lib/server/batches/batch-item';
import { type ChunkState, OUTCOMES } from '@/lib/server/batches/chunks/chunk-state';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { type Origin, rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import { env } from '@/lib/server/env';
import type { Assignment } from '@/lib/shared/assignment';
import { authorSchema } from '@/lib/shared/session';

/** What the assignments of a chunk share, the same at each attempt. */
export function originOf({ batchId, createdBy, requestId }: BatchItem, chunk: ChunkState): Origin {
  return {
    batchId,
    // Only people upload files.
    author: authorSchema.parse(createdBy),
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

/**
 * What an undo takes back of a chunk, in the order of the file: the rows that it created, and failed ones that a retry
 * created afterwards, as they are stored now.
 * @throws {AppError} what DynamoDB answered
 */
export async function rowsToTakeBack(
  batch: BatchItem,
  chunk: ChunkState,
  requestId: string,
): Promise<{ rowNumber: number; assignment: Assignment }[]> {
  const created = await createdRows(batch, chunk, requestId);
  const later = Object.entries(chunk.later).flatMap(([rowNumber, { outcome, isLate, assignmentId }]) =>
    outcome === 'created' && !isLate && assignmentId !== null
      ? [{ rowNumber: Number(rowNumber), assignmentId }]
      : [],
  );
  if (later.length === 0) return created;
  const stored = await storedAssignments(
    later.map(({ assignmentId }) => assignmentId),
    requestId,
  );
  const { rows } = await readChunkRows(batch.batchId, chunk.chunk, requestId);
  const retried = rows.flatMap(({ assignmentId: _ownId, ...row }) => {
    const end = later.find(({ rowNumber }) => rowNumber === row.rowNumber);
    if (!end) return [];
    const asInFile = { ...rowAssignment(row, originOf(batch, chunk)), assignmentId: end.assignmentId };
    return [{ rowNumber: row.rowNumber, assignment: stored.get(end.assignmentId) ?? asInFile }];
  });
  return [...created, ...retried].sort((first, second) => first.rowNumber - second.rowNumber);
}

/** BatchGetItem takes at most 100 keys. */
const MOST_KEYS = 100;

async function storedAssignments(ids: string[], requestId: string): Promise<Map<string, Assignment>> {
  const stored = new Map<string, Assignment>();
  for (let start = 0; start < ids.length; start += MOST_KEYS) {
    const keys = ids.slice(start, start + MOST_KEYS).map((assignmentId) => ({ assignmentId }));
    const options = { operation: 'rowsToTakeBack', requestId };
    for (const item of await batchGet(env.ASSIGNMENTS_TABLE, keys, options)) {
      const assignment = toAssignment(item);
      stored.set(assignment.assignmentId, assignment);
    }
  }
  return stored;
}
