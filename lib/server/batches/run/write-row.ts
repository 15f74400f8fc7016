import { withFreeId } from '@/lib/server/assignments/with-free-id';
import { putIfNew } from '@/lib/server/assignments/write-assignment-with-retry';
import { contentHash } from '@/lib/server/assignments/write-identity';
import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { mayRowTakeNewId, type Origin, rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import { runSingle } from '@/lib/server/governor/run-single';
import { withRetry } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';
import type { TakenIdPolicy } from '@/lib/shared/batch';

type RowWriting = {
  origin: Origin;
  takenIds: TakenIdPolicy;
  requestId: string;
  /** Asked before each attempt. */
  mayGoOn: () => boolean;
};

/** What came of one conditional write. `unsent`: the batch was stopped before its turn. */
export type RowResult =
  | { kind: 'created'; assignmentId: string }
  | { kind: 'taken'; assignmentId: string }
  | { kind: 'failed'; error: AppError }
  | { kind: 'unsent' };

const STOPPED = 'The batch was stopped before this row was written';

/**
 * Writes one row and never overwrites anything: what an earlier attempt of the same row wrote, or a person has edited
 * since, stays as it is and counts as created. Never throws.
 */
export async function writeRow(row: ChunkRow, writing: RowWriting): Promise<RowResult> {
  const { origin, takenIds, requestId, mayGoOn } = writing;
  const assignment = rowAssignment(row, origin);
  const identity = {
    writeToken: rowToken(origin.batchId, row.rowNumber),
    contentHash: contentHash(assignment),
  };
  const mayTakeNewId = mayRowTakeNewId(row, takenIds);
  const retries = { requestId, maxRetries: mayTakeNewId ? env.MAX_RETRIES : 0, identity };
  const context = { operation: 'writeRow', requestId, maxRetries: env.MAX_RETRIES };
  try {
    const { assignmentId } = await withFreeId(assignment, retries, async (item) => {
      await withRetry(() => {
        if (!mayGoOn()) throw new AppError('CONDITIONAL_FAILED', STOPPED, { errorClass: 'business' });
        return runSingle(env.ASSIGNMENTS_TABLE, item, () => putIfNew(item));
      }, context);
    });
    return { kind: 'created', assignmentId };
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.message === STOPPED) return { kind: 'unsent' };
    if (error.code === 'CONDITIONAL_FAILED' && !error.isRetryable) {
      return { kind: 'taken', assignmentId: assignment.assignmentId };
    }
    return { kind: 'failed', error };
  }
}
