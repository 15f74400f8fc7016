import { batchGet } from '@/lib/server/batch-get';
import { type BatchItem, chunkPart } from '@/lib/server/batches/batch-item';
import { type ChunkState, OUTCOMES, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { originOf } from '@/lib/server/batches/chunks/created-rows';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { creationEvents, eventsOfAction } from '@/lib/server/consistency/invariants/creation-events-of';
import type { Finding } from '@/lib/server/consistency/invariants/invariant';
import { segmentEvents } from '@/lib/server/consistency/invariants/segment-rows';
import { readStored } from '@/lib/server/consistency/read-stored';
import { env } from '@/lib/server/env';
import type { Assignment } from '@/lib/shared/assignment';

/** BatchGetItem takes at most 100 keys. */
const KEYS_AT_ONCE = 100;

/** A valid row of a committed chunk: what the commit made of it, and the assignment that it became or would have. */
type Row = { rowNumber: number; outcome: string; assignment: Assignment };

export const chunkTarget = (batchId: string, chunk: number) => `${batchId}/${chunk}`;

/** The batch and the chunk of a target of `chunkTarget`, or undefined for any other. */
export function chunkOfTarget(target: string): { batchId: string; chunk: number } | undefined {
  const [, batchId, chunk] = /^(batch_[\w-]+)\/(\d+)$/.exec(target) ?? [];
  return batchId && chunk ? { batchId, chunk: Number(chunk) } : undefined;
}

/** A chunk as its commit left it: what became of failed rows later has events of its own. */
export const createdOfCommit = (chunk: ChunkState): ChunkState => ({ ...chunk, later: {} });

/** Looks at the events and assignments of one chunk of a batch. */
export async function lookAtChunkEvents(
  { batchId, chunk: number }: { batchId: string; chunk: number },
  requestId: string,
): Promise<Finding | undefined> {
  const key = { batchId, part: chunkPart(number) };
  const stored = await readStored(env.BATCHES_TABLE, key, requestId);
  const chunk = stored && toChunkState(stored);
  // A segment that is pending is judged as such.
  if (chunk?.state !== 'committed' || chunk.isSegmentPending || chunk.valid === 0) return undefined;
  const batch = await readBatchItem(batchId, requestId);
  const rows = await rowsOf(batch, chunk, requestId);
  return (
    (await lookAtSegments(chunk, rows, requestId)) ??
    (await lookAtRows(batch, { chunk, rows, there: await written(rows, batchId, requestId) }, requestId))
  );
}

async function rowsOf(batch: BatchItem, chunk: ChunkState, requestId: string): Promise<Row[]> {
  const { rows } = await readChunkRows(batch.batchId, chunk.chunk, requestId);
  const origin = originOf(batch, chunk);
  return rows.map((row, position) => {
    const outcome = chunk.outcomes?.[position] ?? '';
    const name = String(row.rowNumber);
    const usual = rowAssignment(row, origin);
    const derived = rowAssignment({ ...row, assignmentId: undefined }, origin).assignmentId;
    const assignmentId =
      outcome === OUTCOMES.created
        ? (chunk.otherIds[name] ?? derived)
        : (chunk.later[name]?.assignmentId ?? usual.assignmentId);
    return { rowNumber: row.rowNumber, outcome, assignment: { ...usual, assignmentId } };
  });
}

async function lookAtSegments(
  chunk: ChunkState,
  rows: Row[],
  requestId: string,
): Promise<Finding | undefined> {
  const { batchId, firstRow, lastRow } = chunk;
  const events = await segmentEvents({ batchId, firstRow, lastRow, action: 'CREATE_ASSIGNMENT' }, requestId);
  const created = rows.filter(({ outcome }) => outcome === OUTCOMES.created);
  const expected = new Set(created.map(({ assignment }) => assignment.assignmentId));
  const found = new Set(events.map(({ resource }) => resource.assignmentId));
  const common = { target: chunkTarget(batchId, chunk.chunk), found: events.length };
  if (found.size < events.length || [...found].some((id) => !expected.has(id))) {
    const advice = 'Nothing is ever taken out of the audit trail.';
    return { ...common, expected: expected.size, repair: null, advice };
  }
  if (found.size === expected.size) return undefined;
  const repair = 'Writes the events of these rows again from the stored rows of the file';
  return { ...common, expected: expected.size, repair, advice: null };
}

/** Those of these rows' assignments that are there, written by the rows themselves. */
async function written(rows: Row[], batchId: string, requestId: string): Promise<Set<number>> {
  const rowById = new Map(rows.map(({ rowNumber, assignment }) => [assignment.assignmentId, rowNumber]));
  const ids = [...rowById.keys()];
  const there = new Set<number>();
  for (let start = 0; start < ids.length; start += KEYS_AT_ONCE) {
    const keys = ids.slice(start, start + KEYS_AT_ONCE).map((assignmentId) => ({ assignmentId }));
    const items = await batchGet(env.ASSIGNMENTS_TABLE, keys, { operation: 'checkBatchEvents', requestId });
    for (const { assignmentId, writeToken } of items) {
      const rowNumber = rowById.get(String(assignmentId));
      if (rowNumber !== undefined && writeToken === rowToken(batchId, rowNumber)) there.add(rowNumber);
    }
  }
  return there;
}

type Written = { chunk: ChunkState; rows: Row[]; there: Set<number> };

async function lookAtRows(
  batch: BatchItem,
  { chunk, rows, there }: Written,
  requestId: string,
): Promise<Finding | undefined> {
  const gone = rows.filter(({ outcome, rowNumber }) => outcome === OUTCOMES.created && !there.has(rowNumber));
  const unexpected = rows.filter((row) => !isExpected(row, chunk) && there.has(row.rowNumber));
  const deleted = gone.length === 0 ? new Set() : await deletedIds(batch, chunk, requestId);
  for (const { assignment } of gone) {
    const { assignmentId } = assignment;
    if (deleted.has(assignmentId)) continue;
    if ((await eventsOfAction(assignmentId, 'DELETE_ASSIGNMENT', requestId)) === 0) return lost(assignmentId);
  }
  for (const { assignment } of unexpected) {
    if ((await creationEvents(assignment, requestId)) === 0) return uncounted(assignment.assignmentId);
  }
  return undefined;
}

/** Nobody knows yet what became of a row that failed; its retry finds out. */
function isExpected({ outcome, rowNumber }: Row, { later }: ChunkState): boolean {
  if (outcome === OUTCOMES.created) return true;
  return outcome === OUTCOMES.failed && later[String(rowNumber)]?.outcome !== 'created';
}

async function deletedIds(batch: BatchItem, chunk: ChunkState, requestId: string): Promise<Set<unknown>> {
  if (batch.undoneBy === null) return new Set();
  const { firstRow, lastRow } = chunk;
  const range = { batchId: batch.undoneBy, firstRow, lastRow, action: 'DELETE_ASSIGNMENT' as const };
  return new Set((await segmentEvents(range, requestId)).map(({ resource }) => resource.assignmentId));
}

const lost = (target: string): Finding => ({
  target,
  expected: 'an assignment, or the event of its deletion',
  found: 'the event of its creation only',
  repair: null,
  advice: 'The row is in the file of its batch: upload it again, or leave it.',
});

const uncounted = (target: string): Finding => ({
  target,
  expected: 1,
  found: 0,
  repair: null,
  advice: 'Its batch did not create this row. Look at it, and keep or archive it.',
});
