import { courseCounter, instructorCounter } from '@/lib/server/assignments/counters';
import { underHold } from '@/lib/server/audit-log/legal-hold/under-hold';
import { toSegmentItem } from '@/lib/server/audit-log/segment';
import { type BatchItem, chunkPart } from '@/lib/server/batches/batch-item';
import type { Claim } from '@/lib/server/batches/chunks/chunk-lease';
import { NO_TALLY, type Tally } from '@/lib/server/batches/chunks/chunk-state';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { metaUpdate, rateUpdate } from '@/lib/server/batches/run/batch-progress';
import { type CounterChange, sendCounted, type Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import { refusalAt, storedItem } from '@/lib/server/stored-item';
import type { Assignment } from '@/lib/shared/assignment';
import type { KeptRow } from '@/lib/shared/batch';
import { authorSchema } from '@/lib/shared/session';

/** A row that its batch created. `position` is its place among the created rows of the chunk. */
export type UndoRow = { position: number; rowNumber: number; assignment: Assignment };

type Slice = {
  undo: BatchItem;
  source: BatchItem;
  claim: Claim;
  rows: UndoRow[];
  isLast: boolean;
  requestId: string;
};

/** What is known of the rows of a slice: those that stay, and the others. */
type Plan = Slice & { kept: KeptRow[]; deleted: UndoRow[] };

/**
 * Takes a few rows back in one transaction: each assignment that is still as its batch created it is deleted, counters go
 * down, one audit segment says so, and the undo has come that far. What somebody has changed since is kept and listed.
 * @returns false where another process has taken the chunk over
 * @throws {AppError} where DynamoDB refused; nothing has happened then
 */
export async function takeBackRows(slice: Slice): Promise<boolean> {
  let next: Plan | boolean = { ...slice, kept: [], deleted: slice.rows };
  while (typeof next !== 'boolean') next = await tryPlan(next);
  return next;
}

/** Whether the chunk is still ours after the plan was carried out, or the plan that takes a refusal into account. */
async function tryPlan(plan: Plan): Promise<Plan | boolean> {
  const { undo, claim, requestId } = plan;
  const writes = [
    chunkUpdate(plan),
    numbersUpdate(plan),
    rateWrite(plan),
    ...plan.deleted.map((row) => deletion(plan.source, row)),
    ...(await segmentWrite(plan)),
  ];
  const token = `${undo.batchId}#${claim.leaseToken}#${nextPosition(plan)}#${plan.kept.length}`;
  try {
    await sendCounted(writes, counterChanges(plan), { operation: 'takeBackRows', requestId, token });
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable) throw error;
    if (refusalAt(error, 0) !== 'ConditionalCheckFailed') return withKept(plan, error);
    if (!isOwnEarlierWrite(plan, storedItem(error, 0))) return false;
  }
  remember(plan);
  return true;
}

/** The next slice of the chunk goes on from what this one has made of it. */
function remember(plan: Plan): void {
  const { chunk } = plan.claim;
  chunk.byCourse = tallies(chunk.byCourse, plan);
  chunk.kept = [...chunk.kept, ...plan.kept];
  chunk.undoneTo = nextPosition(plan);
}

/** Writes before the deletions in the transaction: the chunk, the numbers and the rate. */
const FIRST_DELETION = 3;

const nextPosition = ({ rows }: Slice) => (rows.at(-1)?.position ?? -1) + 1;

/** The chunk has come as far as this slice under our own lease: only the answer was lost. */
function isOwnEarlierWrite(plan: Plan, chunk: Record<string, unknown> | undefined): boolean {
  return chunk?.undoneBy === plan.claim.leaseToken && chunk.undoneTo === nextPosition(plan);
}

/** Each refused deletion names a row that stays, so the next plan is smaller. */
function withKept(plan: Plan, error: unknown): Plan {
  const refused = plan.deleted.filter(
    (_, at) => refusalAt(error, FIRST_DELETION + at) === 'ConditionalCheckFailed',
  );
  if (refused.length === 0) throw error;
  const kept = refused.map(({ rowNumber, assignment: { assignmentId } }) => ({
    rowNumber,
    assignmentId,
    reason: storedItem(error, FIRST_DELETION + plan.deleted.findIndex((row) => row.rowNumber === rowNumber))
      ? ('changed' as const)
      : ('gone' as const),
  }));
  return {
    ...plan,
    kept: [...plan.kept, ...kept],
    deleted: plan.deleted.filter((row) => !refused.includes(row)),
  };
}

/** Deletes what is still as the row created it: an edit has raised the version. */
function deletion(source: BatchItem, { rowNumber, assignment }: UndoRow): Write {
  return {
    Delete: {
      TableName: env.ASSIGNMENTS_TABLE,
      Key: { assignmentId: assignment.assignmentId },
      ConditionExpression:
        '#version = :first AND writeToken = :token AND attribute_not_exists(pendingEffects)',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':first': 1, ':token': rowToken(source.batchId, rowNumber) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function chunkUpdate(plan: Plan): Write {
  const { claim, isLast, kept } = plan;
  const { batchId, chunk, kept: keptBefore } = claim.chunk;
  const from = plan.rows[0]?.position ?? 0;
  return {
    Update: {
      TableName: env.BATCHES_TABLE,
      Key: { batchId, part: chunkPart(chunk) },
      UpdateExpression: `SET undoneTo = :to, undoneBy = :token, kept = :kept, byCourse = :byCourse${
        isLast ? ', undoState = :done REMOVE leaseToken, leasedUntil' : ''
      }`,
      ConditionExpression: 'leaseToken = :token AND undoneTo = :from',
      ExpressionAttributeValues: {
        ':token': claim.leaseToken,
        ':from': from,
        ':to': nextPosition(plan),
        ':kept': [...keptBefore, ...kept],
        ':byCourse': tallies(claim.chunk.byCourse, plan),
        ...(isLast ? { ':done': 'done' } : {}),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function tallies(before: Record<string, Tally>, { kept, rows }: Plan): Record<string, Tally> {
  const after = new Map(Object.entries(before).map(([courseId, tally]) => [courseId, { ...tally }]));
  const isKept = new Set(kept.map(({ rowNumber }) => rowNumber));
  for (const { rowNumber, assignment } of rows) {
    const tally = after.get(assignment.courseId) ?? { ...NO_TALLY };
    tally[isKept.has(rowNumber) ? 'kept' : 'deleted'] += 1;
    after.set(assignment.courseId, tally);
  }
  return Object.fromEntries(after);
}

function numbersUpdate({ undo, deleted, kept, rows }: Plan): Write {
  return metaUpdate(undo.batchId, {
    add: { deleted: deleted.length, kept: kept.length, waiting: -rows.length },
  });
}

function rateWrite({ undo, rows }: Plan): Write {
  return rateUpdate(undo.batchId, { ended: rows.length, failed: 0, sent: rows.length, throttled: 0 });
}

async function segmentWrite({ undo, source, deleted }: Plan): Promise<Write[]> {
  if (deleted.length === 0) return [];
  const Item = await toSegmentItem({
    action: 'DELETE_ASSIGNMENT',
    batchId: undo.batchId,
    sourceBatchId: source.batchId,
    // Only people undo.
    author: authorSchema.parse(undo.createdBy),
    requestId: undo.requestId,
    time: new Date().toISOString(),
    rows: deleted,
  });
  return [{ Put: { TableName: env.AUDIT_TABLE, Item: await underHold(Item, undo.requestId) } }];
}

function counterChanges({ source, deleted }: Plan): CounterChange[] {
  if (deleted.length === 0) return [];
  const countByCourse = new Map<string, number>();
  for (const { assignment } of deleted) {
    countByCourse.set(assignment.courseId, (countByCourse.get(assignment.courseId) ?? 0) - 1);
  }
  return [
    ...[...countByCourse].map(([courseId, count]) => ({ counter: courseCounter(courseId), count })),
    { counter: instructorCounter(source.createdBy.id), count: -deleted.length },
  ];
}
