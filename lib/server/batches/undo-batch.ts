import { createHash } from 'node:crypto';
import { newBatchItem, toBatch } from '@/lib/server/batches/batch-item';
import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';
import { type Batch, isBulk } from '@/lib/shared/batch';
import type { Actor } from '@/lib/shared/session';

type Undoing = {
  actor: Actor;
  requestId: string;
  /** Why, where the person was asked. */
  reason?: string | null;
};

/**
 * Takes back what an ended import created, as a batch of its own: workers delete each assignment that nobody has changed
 * since and give the counters back in the same transactions. Asking again answers the same undo.
 * @returns the undo
 * @throws {AppError} CONDITIONAL_FAILED with the current batch where its state does not allow it; NOT_FOUND
 */
export async function undoBatch(batchId: string, undoing: Undoing): Promise<Batch> {
  const { requestId } = undoing;
  for (let attempt = 1; ; attempt++) {
    const source = await readBatchItem(batchId, requestId);
    try {
      return await begin(source, undoing);
    } catch (thrown) {
      // A retry of one of its failed rows was counted in between: the undo takes that row back as well.
      const { created } = await readBatchItem(batchId, requestId);
      if (created === source.created || attempt > env.MAX_RETRIES) throw thrown;
    }
  }
}

async function begin(source: Batch, { actor, requestId, reason = null }: Undoing): Promise<Batch> {
  const { batchId } = source;
  if (source.kind === 'undo') {
    const message = 'An undo cannot be undone: upload the file again instead';
    throw new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business', current: source });
  }
  if (isBulk(source.kind)) {
    const message = `A ${source.kind} cannot be undone as a whole: act on its items again instead`;
    throw new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business', current: toBatch(source) });
  }
  const undoId = undoIdOf(batchId);
  const now = new Date().toISOString();
  const undo: Batch = {
    ...newUndo(source),
    batchId: undoId,
    createdBy: { id: actor.id, role: actor.role, department: actor.department, name: actor.name },
    createdAt: now,
    startedAt: now,
    updatedAt: now,
    undoes: batchId,
    reason,
  };
  await changeBatchState({
    batchId,
    action: 'UNDO_BATCH',
    verb: 'undone',
    from: ['cancelled', 'done', 'done_with_failures'],
    to: 'undoing',
    already: ['undoing', 'undone'],
    author: actor,
    requestId,
    set: { undoneBy: undoId },
    needs: { created: source.created },
    beside: [{ Put: { TableName: env.BATCHES_TABLE, Item: newBatchItem(undo, requestId) } }],
  });
  return readBatchItem(undoId, requestId);
}

/** There is one undo per batch, so that asking twice finds the first. */
function undoIdOf(batchId: string): string {
  return `batch_${createHash('sha256').update(`${batchId}#undo`).digest('hex').slice(0, 32)}`;
}

function newUndo({ fileName, format, sizeBytes, sha256, takenIds, created, chunks }: Batch) {
  return {
    kind: 'undo' as const,
    state: 'running' as const,
    ...{ fileName, format, sizeBytes, sha256, takenIds, chunks },
    rows: created,
    waiting: created,
    ...{ created: 0, rejected: 0, failed: 0, deleted: 0, kept: 0, succeeded: 0, skipped: 0 },
    canary: null,
    finishedAt: null,
    problem: null,
    failure: null,
    corrects: null,
    correctedBy: [],
    undoneBy: null,
  };
}
