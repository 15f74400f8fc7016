import { courseCounter, instructorCounter } from '@/lib/server/assignments/counters';
import { toSegmentItem } from '@/lib/server/audit-log/segment';
import { type BatchItem, causeAttributes, chunkPart } from '@/lib/server/batches/batch-item';
import { metaUpdate, rateUpdate } from '@/lib/server/batches/batch-progress';
import type { ChunkRow, ChunkRows } from '@/lib/server/batches/chunk';
import type { Claim } from '@/lib/server/batches/chunk-lease';
import { type LateRejection, NO_TALLY, OUTCOMES, type Tally } from '@/lib/server/batches/chunk-state';
import { type CounterChange, sendCounted, type Write } from '@/lib/server/batches/counted-transaction';
import { type Origin, rowAssignment } from '@/lib/server/batches/row-assignment';
import { rowToken } from '@/lib/server/batches/row-token';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import { batchOrigin, type FailedItem, rowItemKey } from '@/lib/server/failed-items/failed-item';
import { recordFailedRows } from '@/lib/server/failed-items/record-failed-rows';
import { storedItem } from '@/lib/server/stored-item';
import type { AppError } from '@/lib/shared/app-error';

/** What a row has come to for good. */
export type RowEnd =
  | { kind: 'created'; assignmentId: string }
  | { kind: 'rejected'; rejection: LateRejection }
  | { kind: 'failed'; error: AppError }
  | { kind: 'cancelled' };

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
};

/**
 * Ends a chunk in one transaction: its outcomes, the counters of courses and instructor, the audit segment of its created
 * rows and the numbers of the batch. It happens only while this process still holds the chunk, so it happens once.
 * Rows that failed are listed before they are counted.
 * @returns false where another process has taken the chunk over: then nothing of this attempt counts
 * @throws {AppError} where DynamoDB refused; the chunk is then still to be committed
 */
export async function commitChunk(commit: Commit): Promise<boolean> {
  const { batch, claim, requestId } = commit;
  const { batchId, chunk, firstRow, lastRow, attempts } = claim.chunk;
  await recordFailedRows(failedItems(commit), {
    batchId,
    firstRow,
    lastRow,
    isRedo: attempts > 1,
    requestId,
  });
  const segment = await segmentWrite(commit);
  const token = `${batchId}#${chunk}#${claim.leaseToken}`;
  try {
    await sendCounted(
      [chunkUpdate(commit), metaWrite(commit), rateWrite(commit), ...segment],
      counterChanges(commit),
      { operation: 'commitChunk', requestId, token },
    );
    return true;
  } catch (thrown) {
    const error = classifyError(thrown);
    const stored = storedItem(error, 0);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable || !stored) throw error;
    return stored.committedBy === claim.leaseToken && batch.batchId === batchId;
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

function chunkUpdate({ claim, rows, ends, origin }: Commit): Write {
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
        'lateRejections = :lateRejections, byCourse = :byCourse REMOVE leaseToken, leasedUntil',
      ConditionExpression: 'leaseToken = :token',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':committed': 'committed',
        ':token': claim.leaseToken,
        ':outcomes': ends.map(({ kind }) => OUTCOMES[kind]).join(''),
        ':otherIds': Object.fromEntries(otherIds),
        ':lateRejections': ends.flatMap((end) => (end.kind === 'rejected' ? [end.rejection] : [])),
        ':byCourse': tallies(byCourse, rows.rows, ends),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function tallies(before: Record<string, Tally>, rows: ChunkRow[], ends: RowEnd[]): Record<string, Tally> {
  const after = new Map(Object.entries(before).map(([courseId, tally]) => [courseId, { ...tally }]));
  for (const [position, { assignment }] of rows.entries()) {
    const tally = after.get(assignment.courseId) ?? { ...NO_TALLY };
    const kind = ends[position]?.kind ?? 'cancelled';
    tally.waiting -= 1;
    tally[kind === 'cancelled' ? 'rejected' : kind] += 1;
    after.set(assignment.courseId, tally);
  }
  return Object.fromEntries(after);
}

function metaWrite({ batch, ends }: Commit): Write {
  const count = (kind: RowEnd['kind']) => ends.filter((end) => end.kind === kind).length;
  const failed = ends.flatMap((end) => (end.kind === 'failed' ? [end.error] : []));
  const rejections = ends.flatMap((end) => (end.kind === 'rejected' ? [end.rejection] : []));
  return metaUpdate(batch.batchId, {
    add: {
      created: count('created'),
      rejected: count('rejected') + count('cancelled'),
      failed: failed.length,
      waiting: -ends.length,
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

async function segmentWrite(commit: Commit): Promise<Write[]> {
  const { batch, origin } = commit;
  const rows = created(commit);
  if (rows.length === 0) return [];
  const Item = await toSegmentItem({
    action: 'CREATE_ASSIGNMENT',
    batchId: batch.batchId,
    sourceBatchId: batch.batchId,
    author: origin.author,
    requestId: origin.requestId,
    time: origin.createdAt,
    rows,
  });
  return [{ Put: { TableName: env.AUDIT_TABLE, Item } }];
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

function failedItems({ batch, rows, ends, origin, requestId }: Commit): FailedItem[] {
  const now = new Date().toISOString();
  return rows.rows.flatMap((row, position) => {
    const end = ends[position];
    if (end?.kind !== 'failed') return [];
    const { code, errorClass, message } = end.error;
    return [
      {
        origin: batchOrigin(batch.batchId),
        itemKey: rowItemKey(row.rowNumber),
        state: 'open' as const,
        version: 1,
        code,
        class: errorClass,
        message,
        payload: row.assignment,
        assignmentId: rowAssignment(row, origin).assignmentId,
        writeToken: rowToken(batch.batchId, row.rowNumber),
        attempts: [{ at: now, requestId, code, class: errorClass, message }],
        firstAt: now,
        lastAt: now,
        batchId: batch.batchId,
        rowNumber: row.rowNumber,
        courseId: row.assignment.courseId,
        actor: origin.author,
      },
    ];
  });
}
