import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import { batchGet } from '@/lib/server/batch-get';
import { type BatchItem, causeAttributes, chunkPart, LAST_CHUNK } from '@/lib/server/batches/batch-item';
import { cancelTargets } from '@/lib/server/batches/bulk/cancel-targets';
import { CANCELLED_TARGET } from '@/lib/server/batches/bulk/target-ends';
import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { type Claim, claimChunk, releaseChunk } from '@/lib/server/batches/chunks/chunk-lease';
import { type ChunkState, type Tally, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { originOf } from '@/lib/server/batches/chunks/created-rows';
import { readChunkRows } from '@/lib/server/batches/chunks/read-chunk-rows';
import { rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import type { RowEnd } from '@/lib/server/batches/chunks/row-end';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { metaUpdate } from '@/lib/server/batches/run/batch-progress';
import { CANCELLED, commitChunk } from '@/lib/server/batches/run/commit-chunk';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { isBulk } from '@/lib/shared/batch';

/** Chunks that one transaction ends: each is a write, beside the numbers of the batch. */
const CHUNKS_AT_ONCE = 90;

/** BatchGetItem takes at most 100 keys. */
const KEYS_AT_ONCE = 100;

/**
 * Ends the rows of a batch that is being cancelled. Chunks that nobody has begun are ended as they are; of the others it
 * is looked up which rows were written, and those count as created. Chunks that a process still works on are left until
 * it has given them back, or given no sign of life.
 * @throws {AppError} where DynamoDB refused
 */
export async function cancelRows(batch: BatchItem, requestId: string): Promise<void> {
  const { batchId } = batch;
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({ ...unfinished(batchId), ExclusiveStartKey: startKey });
    const page = await withRetry(() => documentClient.send(command), context('cancelRows', requestId));
    const chunks = (page.Items ?? []).map(toChunkState);
    const untouched = chunks.filter(({ attempts }) => attempts === 0);
    for (let start = 0; start < untouched.length; start += CHUNKS_AT_ONCE) {
      await cancelUntouched(batch, untouched.slice(start, start + CHUNKS_AT_ONCE), requestId);
    }
    for (const chunk of chunks.filter(({ attempts }) => attempts > 0)) {
      await settleTouched(batch, chunk, requestId);
    }
    startKey = page.LastEvaluatedKey;
  } while (startKey);
}

function unfinished(batchId: string) {
  return {
    TableName: env.BATCHES_TABLE,
    KeyConditionExpression: 'batchId = :batchId AND part BETWEEN :first AND :last',
    FilterExpression: '#state IN (:waiting, :leased)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':batchId': batchId,
      ':first': chunkPart(0),
      ':last': chunkPart(LAST_CHUNK),
      ':waiting': 'waiting',
      ':leased': 'leased',
    },
    ConsistentRead: true,
  };
}

/** A chunk that somebody took in this moment refuses the whole: the next round then sees it as touched. */
async function cancelUntouched(batch: BatchItem, chunks: ChunkState[], requestId: string): Promise<void> {
  const rows = chunks.reduce((sum, { valid }) => sum + valid, 0);
  const [outcome, text] = isBulk(batch.kind)
    ? (['skipped', CANCELLED_TARGET] as const)
    : (['rejected', CANCELLED] as const);
  const cause = { ...causeAttributes(outcome, 'CANCELLED'), text };
  const command = new TransactWriteCommand({
    TransactItems: [
      metaUpdate(batch.batchId, {
        add: { [outcome]: rows, waiting: -rows },
        causes: Array(rows).fill(cause),
      }),
      ...chunks.map(cancelChunk),
    ],
  });
  try {
    await withRetry(() => documentClient.send(command), context('cancelUntouched', requestId));
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable) throw error;
  }
}

function cancelChunk({ batchId, chunk, byCourse }: ChunkState): Write {
  const cancelled = (tally: Tally): Tally => ({
    ...tally,
    rejected: tally.rejected + tally.waiting,
    waiting: 0,
  });
  return {
    Update: {
      TableName: env.BATCHES_TABLE,
      Key: { batchId, part: chunkPart(chunk) },
      UpdateExpression: 'SET #state = :cancelled, byCourse = :byCourse',
      ConditionExpression: '#state = :waiting AND attempts = :none',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':cancelled': 'cancelled',
        ':waiting': 'waiting',
        ':none': 0,
        ':byCourse': Object.fromEntries(
          Object.entries(byCourse).map(([courseId, tally]) => [courseId, cancelled(tally)]),
        ),
      },
    },
  };
}

async function settleTouched(batch: BatchItem, { batchId, chunk }: ChunkState, requestId: string) {
  const claim = await claimChunk({ batchId, chunk }, 'write', requestId);
  if (!claim) return;
  try {
    if (isBulk(batch.kind)) await cancelTargets(batch, claim, requestId);
    else await settleRows(batch, claim, requestId);
  } catch (thrown) {
    await releaseChunk(claim, 'write');
    throw thrown;
  } finally {
    claim.stop();
  }
}

async function settleRows(batch: BatchItem, claim: Claim, requestId: string): Promise<void> {
  const rows = await readChunkRows(batch.batchId, claim.chunk.chunk, requestId);
  const origin = originOf(batch, claim.chunk);
  const ends = await lookUp(rows.rows, { batch, claim, requestId });
  await commitChunk({ batch, claim, rows, origin, ends, sent: 0, throttled: 0, requestId });
}

type LookUp = { batch: BatchItem; claim: Claim; requestId: string };

/** Which of these rows an earlier attempt has written: their assignments carry the row's token. */
async function lookUp(rows: ChunkRow[], { batch, claim, requestId }: LookUp): Promise<RowEnd[]> {
  const origin = originOf(batch, claim.chunk);
  const idsOf = (row: ChunkRow) => {
    const token = rowToken(batch.batchId, row.rowNumber);
    const isNewAllowed = row.assignmentId !== undefined && batch.takenIds === 'new_id';
    const furtherIds = isNewAllowed ? Array.from({ length: env.MAX_RETRIES }, (_, at) => at + 1) : [];
    return [
      rowAssignment(row, origin).assignmentId,
      ...furtherIds.map((attempt) => derivedAssignmentId(token, attempt)),
    ];
  };
  const ids = [...new Set(rows.flatMap(idsOf))];
  const tokenById = new Map<string, unknown>();
  for (let start = 0; start < ids.length; start += KEYS_AT_ONCE) {
    const keys = ids.slice(start, start + KEYS_AT_ONCE).map((assignmentId) => ({ assignmentId }));
    const items = await batchGet(env.ASSIGNMENTS_TABLE, keys, { operation: 'cancelRows', requestId });
    for (const { assignmentId, writeToken } of items) tokenById.set(String(assignmentId), writeToken);
  }
  return rows.map((row) => {
    const token = rowToken(batch.batchId, row.rowNumber);
    const assignmentId = idsOf(row).find((id) => tokenById.get(id) === token);
    return assignmentId === undefined ? { kind: 'cancelled' } : { kind: 'created', assignmentId };
  });
}

function context(operation: string, requestId: string) {
  return { operation, requestId, maxRetries: env.MAX_RETRIES };
}
