import { toAssignment } from '@/lib/server/assignments/assignment-item';
import { batchGet } from '@/lib/server/batch-get';
import { type BatchItem, chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { type ChunkState, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { createdRows } from '@/lib/server/batches/chunks/created-rows';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { queryParts } from '@/lib/server/batches/query-parts';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { env } from '@/lib/server/env';
import type { Assignment } from '@/lib/shared/assignment';
import { type BatchKind, type BatchState, isBulk } from '@/lib/shared/batch';
import { type BatchFacts, type BatchPlan, CANNOT } from '@/lib/shared/rollback';

/** How many assignments a plan reads; beyond them it is about a part only. */
const MOST_READ = 10_000;

/** BatchGetItem takes at most 100 keys. */
const READ_AT_ONCE = 100;

/**
 * What the undo of an import would do: how many assignments it would delete, and how many stay because somebody has
 * changed them since, or because they are gone.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function planBatch({ batchId }: { batchId: string }, requestId: string): Promise<BatchPlan> {
  const batch = await readBatchItem(batchId, requestId);
  const blocked = whyNotUndone(batch);
  const { deleted, changed, gone, isComplete } = blocked === null ? await tally(batch, requestId) : NO_TALLY;
  return {
    kind: 'batch',
    batch: batchFacts(batch),
    will: deleted > 0 ? [{ step: 'delete', count: deleted }] : [],
    cannot: [
      { reason: CANNOT.changed_since, count: changed },
      { reason: CANNOT.gone, count: gone },
    ].filter(({ count }) => count > 0),
    blocked,
    isComplete,
    asOf: new Date().toISOString(),
  };
}

/** What plans show of a batch. */
export function batchFacts({ batchId, fileName, state, created, undoneBy }: BatchItem): BatchFacts {
  return { batchId, fileName, state, created, undoneBy };
}

const NO_TALLY = { deleted: 0, changed: 0, gone: 0, isComplete: true };

/** The states from which an import can be undone. */
const ENDED: readonly BatchState[] = ['cancelled', 'done', 'done_with_failures'];

function whyNotUndone({ kind, state, created }: BatchItem): string | null {
  if (kind !== 'import') return whyNotThisKind(kind);
  if (state === 'undone') return 'It has been undone already';
  if (state === 'undoing') return 'Its undo is under way';
  if (!ENDED.includes(state)) return 'It has not ended yet: cancel it first, or wait for its end';
  return created === 0 ? 'It has created nothing' : null;
}

function whyNotThisKind(kind: BatchKind): string {
  if (kind === 'undo') return 'It is an undo itself: upload the file again instead';
  if (isBulk(kind) && kind !== 'rollback') return 'Actions on failed items are taken back at the items';
  return 'A rollback cannot be undone as a batch: roll back what the person who ran it did instead';
}

async function tally(batch: BatchItem, requestId: string) {
  const found = { ...NO_TALLY };
  let read = 0;
  for await (const chunk of chunksOf(batch.batchId, requestId)) {
    const rows = await createdRows(batch, chunk, requestId);
    for (let at = 0; at < rows.length; at += READ_AT_ONCE) {
      if (read >= MOST_READ) return { ...found, isComplete: false };
      const slice = rows.slice(at, at + READ_AT_ONCE);
      read += slice.length;
      for (const fate of await fatesOf(slice, batch.batchId, requestId)) found[fate] += 1;
    }
  }
  return found;
}

async function* chunksOf(batchId: string, requestId: string): AsyncGenerator<ChunkState> {
  const parts = queryParts({ batchId, first: chunkPart(1), last: chunkPart(LAST_CHUNK) }, requestId);
  for await (const part of parts) yield toChunkState(part);
}

type Row = { rowNumber: number; assignment: Assignment };

/** The same condition as the undo has: untouched, and still this row's. */
async function fatesOf(rows: Row[], batchId: string, requestId: string) {
  const keys = rows.map(({ assignment: { assignmentId } }) => ({ assignmentId }));
  const items = await batchGet(env.ASSIGNMENTS_TABLE, keys, { operation: 'planBatch', requestId });
  const byId = new Map(items.map((item) => [item.assignmentId, item]));
  return rows.map(({ rowNumber, assignment: { assignmentId } }) => {
    const item = byId.get(assignmentId);
    if (!item) return 'gone';
    const isUntouched = toAssignment(item).version === 1 && item.writeToken === rowToken(batchId, rowNumber);
    return isUntouched && item.pendingEffects === undefined ? 'deleted' : 'changed';
  });
}
