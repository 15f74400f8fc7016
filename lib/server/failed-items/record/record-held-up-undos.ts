import { readBatchItem } from '@/lib/server/batches/read-batch';
import { findActiveBatches } from '@/lib/server/batches/worker/find-active-batches';
import { undoName } from '@/lib/server/failed-items/failed-item-key';
import { newFailedItem } from '@/lib/server/failed-items/record/new-failed-item';
import { recordItem } from '@/lib/server/failed-items/record/record-item';
import { AppError, ERRORS, type ErrorCode } from '@/lib/shared/app-error';
import { authorSchema } from '@/lib/shared/session';

/**
 * Lists undos that have been held up since before `olderThan` (ISO): they try again by themselves, but somebody must look.
 * @throws {AppError} where they cannot be read or listed
 */
export async function recordHeldUpUndos(olderThan: string, requestId: string): Promise<void> {
  for (const batchId of await findActiveBatches()) {
    const batch = await readBatchItem(batchId, requestId);
    const { kind, problem, fileName, createdBy } = batch;
    if (kind !== 'undo' || !problem || problem.since > olderThan) continue;
    const failed = newFailedItem(new AppError(errorCode(problem.code), problem.message), {
      ...undoName(batchId),
      kind: 'undo',
      payload: null,
      title: `Undo of ${fileName}`,
      courseId: '',
      assignmentId: null,
      writeToken: batchId,
      mayTakeNewId: false,
      batchId,
      ...{ rowNumber: null, row: null, counted: null },
      // Only people undo.
      actor: authorSchema.parse(createdBy),
      requestId: batch.requestId,
      values: [batchId, fileName],
    });
    await recordItem(failed, requestId);
  }
}

/** The error code that a stored text names. */
export function errorCode(text: string): ErrorCode {
  const known = Object.keys(ERRORS).find((name): name is ErrorCode => name === text);
  return known ?? 'SYSTEM_ERROR';
}
