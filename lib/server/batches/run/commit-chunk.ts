import { courseCounter, instructorCounter } from '@/lib/server/assignments/counters';
import { endsWithoutEvent, isAuditRefusal, refuseIfStrict } from '@/lib/server/audit-log/is-audit-refusal';
import { type BatchItem, causeAttributes, chunkPart } from '@/lib/server/batches/batch-item';
import type { ChunkRows } from '@/lib/server/batches/chunks/chunk';
import type { Claim } from '@/lib/server/batches/chunks/chunk-lease';
import { OUTCOMES } from '@/lib/server/batches/chunks/chunk-state';
import { type Origin, rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import { type RowEnd, tallies } from '@/lib/server/batches/chunks/row-end';
import { metaUpdate, rateUpdate } from '@/lib/server/batches/run/batch-progress';
import { type CounterChange, sendCounted, type Write } from '@/lib/server/batches/run/counted-transaction';
import { creationSegment } from '@/lib/server/batches/run/creation-segment';
import { recordRows } from '@/lib/server/batches/run/record-rows';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import { failedRows } from '@/lib/server/failed-items/record/failed-rows';
import { recordFailedRows } from '@/lib/server/failed-items/record/record-failed-rows';
import { noteWrites } from '@/lib/server/failed-items/retry-safety';
import { log } from '@/lib/server/log';
import { commitOutcome } from '@/lib/server/metrics/commit-outcome';
import { recordOperation } from '@/lib/server/metrics/record-operation';
import { storedItem } from '@/lib/server/stored-item';

export type Commit = {
  batch: BatchItem;
  claim: Claim;
  rows: ChunkRows;
  origin: Origin;
  /** One for each valid row, in their order. */
  ends: RowEnd[];
  sent: number;
  throttled: number;
  requestId: string;
  /** When the work on the rows began, by `performance.now()`; absent where none was done. */
  startedAt?: number;
};

/**
 * Ends a chunk in one transaction: its outcomes, the counters of courses and instructor, the audit segment of its created
 * rows and the numbers of the batch. It happens only while this process still holds the chunk, so it happens once.
 * Rows that failed are listed before they are counted.
 * @returns false where another process has taken the chunk over: then nothing of this attempt counts
 * @throws {AppError} where DynamoDB refused; the chunk is then still to be committed
 */
export async function commitChunk(commit: Commit): Promise<boolean> {
  const isOurs = await recordOperation(
    'commit',
    { requestId: commit.requestId, outcomeOf: commitOutcome },
    () => commitOnce(commit),
  );
  if (isOurs) recordRows(commit);
  return isOurs;
}

async function commitOnce(commit: Commit): Promise<boolean> {
  const { batch, claim, origin, requestId } = commit;
  const { batchId, chunk, firstRow, lastRow, attempts } = claim.chunk;
  const place = { origin, chunk, takenIds: batch.takenIds, requestId };
  const failed = failedRows(commit.rows.rows, commit.ends, place);
  await recordFailedRows(failed, {
    batchId,
    firstRow,
    lastRow,
    isRedo: attempts > 1,
    requestId,
  });
  if (failed.length > 0) await noteWrites({ failed, succeeded: created(commit).length }, requestId);
  try {
    await sendCommit(commit, { isSegmentPending: false });
    return true;
  } catch (thrown) {
    const error = classifyError(thrown);
    const stored = storedItem(error, 0);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable || !stored) throw error;
    return stored.committedBy === claim.leaseToken;
  }
}

/**
 * Where the audit table refuses, or may have, the chunk is committed without its segment and marked, so that a worker
 * writes it later. If that fails as well, it was another table.
 */
async function sendCommit(commit: Commit, audit: Audit): Promise<void> {
  const { claim, requestId } = commit;
  const { batchId, chunk } = claim.chunk;
  const writes = [chunkUpdate(commit, audit), metaWrite(commit, audit), rateWrite(commit)];
  const segment = audit.isSegmentPending ? undefined : await createdSegment(commit);
  const token = `${batchId}#${chunk}#${claim.leaseToken}#${audit.isSegmentPending}`;
  try {
    await sendCounted(
      [...writes, ...(segment ? [{ Put: { TableName: env.AUDIT_TABLE, Item: segment } }] : [])],
      counterChanges(commit),
      {
        operation: 'commitChunk',
        requestId,
        token,
        isFinal: (error) => endsWithoutEvent(error, writes.length, 1),
      },
    );
  } catch (thrown) {
    if (!segment || !isAuditRefusal(thrown, writes.length, 1)) throw thrown;
    refuseIfStrict(thrown, created(commit).length);
    const { code, message } = classifyError(thrown);
    log.warn('audit table refused, committing the chunk without its events', {
      requestId,
      operation: 'commitChunk',
      batchId,
      chunk,
      code,
      reason: message,
    });
    await sendCommit(commit, { isSegmentPending: true });
  }
}

function created({ rows, ends, origin }: Commit) {
  return rows.rows.flatMap((row, position) => {
    const end = ends[position];
    if (end?.kind !== 'created') return [];
    const assignment = { ...rowAssignment(row, origin), assignmentId: end.assignmentId };
    return [{ rowNumber: row.rowNumber, assignment }];
  });
}

type Audit = { isSegmentPending: boolean };

function chunkUpdate({ claim, rows, ends, origin }: Commit, { isSegmentPending }: Audit): Write {
  const { batchId, chunk, byCourse } = claim.chunk;
  const otherIds = rows.rows.flatMap((row, position) => {
    const end = ends[position];
    const usual = rowAssignment({ ...row, assignmentId: undefined }, origin).assignmentId;
    return end?.kind === 'created' && end.assignmentId !== usual
      ? [[String(row.rowNumber), end.assignmentId]]
      : [];
  });
  return {
    Update: {
      TableName: env.BATCHES_TABLE,
      Key: { batchId, part: chunkPart(chunk) },
      UpdateExpression:
        'SET #state = :committed, committedBy = :token, outcomes = :outcomes, otherIds = :otherIds, ' +
        'lateRejections = :lateRejections, byCourse = :byCourse, isSegmentPending = :isPending ' +
        'REMOVE leaseToken, leasedUntil',
      ConditionExpression: 'leaseToken = :token',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':committed': 'committed',
        ':token': claim.leaseToken,
        ':isPending': isSegmentPending,
        ':outcomes': ends.map(({ kind }) => OUTCOMES[kind]).join(''),
        ':otherIds': Object.fromEntries(otherIds),
        ':lateRejections': ends.flatMap((end) => (end.kind === 'rejected' ? [end.rejection] : [])),
        ':byCourse': tallies(byCourse, rows.rows, ends),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function metaWrite({ batch, ends }: Commit, { isSegmentPending }: Audit): Write {
  const count = (kind: RowEnd['kind']) => ends.filter((end) => end.kind === kind).length;
  const failed = ends.flatMap((end) => (end.kind === 'failed' ? [end.error] : []));
  const rejections = ends.flatMap((end) => (end.kind === 'rejected' ? [end.rejection] : []));
  return metaUpdate(batch.batchId, {
    add: {
      created: count('created'),
      rejected: count('rejected') + count('cancelled'),
      failed: failed.length,
      waiting: -ends.length,
      ...(isSegmentPending ? { pendingSegments: 1 } : {}),
    },
    causes: [
      ...failed.map(({ code, message }) => ({ ...causeAttributes('failed', code), text: message })),
      ...rejections.map(({ code, message }) => ({ ...causeAttributes('rejected', code), text: message })),
      ...ends.flatMap(({ kind }) =>
        kind === 'cancelled' ? [{ ...causeAttributes('rejected', 'CANCELLED'), text: CANCELLED }] : [],
      ),
    ],
  });
}

/** Why rows of a cancelled batch were not created. */
export const CANCELLED = 'The batch was cancelled before the turn of this row';

function rateWrite({ batch, ends, sent, throttled }: Commit): Write {
  const failed = ends.filter(({ kind }) => kind === 'failed').length;
  return rateUpdate(batch.batchId, { ended: ends.length, failed, sent, throttled });
}

/** The events of the created rows as one item; undefined where none was created. */
async function createdSegment(commit: Commit) {
  const rows = created(commit);
  return rows.length === 0 ? undefined : creationSegment(commit.origin, rows);
}

function counterChanges(commit: Commit): CounterChange[] {
  const { origin } = commit;
  const rows = created(commit);
  if (rows.length === 0) return [];
  const countByCourse = new Map<string, number>();
  for (const { assignment } of rows) {
    countByCourse.set(assignment.courseId, (countByCourse.get(assignment.courseId) ?? 0) + 1);
  }
  const latest = origin.createdAt;
  return [
    ...[...countByCourse].map(([courseId, count]) => ({ counter: courseCounter(courseId), count, latest })),
    { counter: instructorCounter(origin.author.id), count: rows.length, latest },
  ];
}
