import { GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { causeAttributes, chunkPart, metaKey } from '@/lib/server/batches/batch-item';
import {
  type ChunkState,
  type LaterEnd,
  NO_TALLY,
  type Tally,
  toChunkState,
} from '@/lib/server/batches/chunks/chunk-state';
import { metaUpdate } from '@/lib/server/batches/run/batch-progress';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import {
  type Counted,
  countedAs,
  type FailedItemItem,
  isCountPending,
  itemPlace,
  nextLookAt,
} from '@/lib/server/failed-items/failed-item';
import { withRetry } from '@/lib/server/retry';
import { isConditionFailed, refusalAt } from '@/lib/server/stored-item';
import type { BatchState } from '@/lib/shared/batch';

/** Rows that are settled in one transaction of at most 100 writes, beside their chunk and their batch. */
const ROWS_AT_ONCE = 90;

/** How often a plan is made anew because others settle rows of the same chunk. */
const PATIENCE = 10;

type Rows = { batchId: string; chunk: number; items: FailedItemItem[]; requestId: string };

/**
 * Makes a batch count its failed rows as what has become of them: created by a retry, rejected where somebody discarded
 * them, failed again where they were restored. Each row moves once, in the transaction that notes it on its item.
 * @param rows of one chunk, as their items were read; what has changed since comes again
 * @throws {AppError} what DynamoDB answered; what is not settled stays listed
 */
export async function settleCounts({ items, ...place }: Rows): Promise<void> {
  const pending = items.filter(isCountPending);
  for (let start = 0; start < pending.length; start += ROWS_AT_ONCE) {
    await settleSlice({ ...place, items: pending.slice(start, start + ROWS_AT_ONCE) });
  }
}

type Plan = Rows & { isLate: boolean };

async function settleSlice(rows: Rows): Promise<void> {
  let plan: Plan | undefined = { ...rows, isLate: false };
  for (let round = 0; plan && plan.items.length > 0 && round < PATIENCE; round++) {
    const chunk = await readChunk(plan);
    // While a worker takes the chunk back, or has not committed it, its numbers are that worker's.
    if (chunk?.state !== 'committed' || chunk.undoState === 'leased') return;
    plan = await tryPlan(plan, chunk);
  }
  await followNumbers(rows.batchId);
}

/** An ended batch is `done_with_failures` exactly while it has failed rows that somebody must still look at. */
async function followNumbers(batchId: string): Promise<void> {
  await changeEnd(batchId, { from: 'done_with_failures', to: 'done', when: 'failed = :none' });
  await changeEnd(batchId, { from: 'done', to: 'done_with_failures', when: 'failed > :none' });
}

type EndChange = { from: BatchState; to: BatchState; when: string };

async function changeEnd(batchId: string, { from, to, when }: EndChange): Promise<void> {
  const command = new UpdateCommand({
    ...metaKey(batchId),
    UpdateExpression: 'SET #state = :to',
    ConditionExpression: `#state = :from AND ${when}`,
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':from': from, ':to': to, ':none': 0 },
  });
  try {
    await documentClient.send(command);
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}

/** Undefined after success, or the plan that takes the refusal into account. */
async function tryPlan(plan: Plan, chunk: ChunkState): Promise<Plan | undefined> {
  const writes = [chunkUpdate(plan, chunk), batchUpdate(plan), ...plan.items.map(itemSettled)];
  const command = new TransactWriteCommand({ TransactItems: writes });
  try {
    await withRetry(() => documentClient.send(command), {
      operation: 'settleCounts',
      requestId: plan.requestId,
      maxRetries: env.MAX_RETRIES,
    });
    return undefined;
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.code !== 'CONDITIONAL_FAILED' || error.isRetryable) throw error;
    const isRefused = (position: number) => refusalAt(error, position) === 'ConditionalCheckFailed';
    return {
      ...plan,
      isLate: plan.isLate || isRefused(BATCH_AT),
      items: plan.items.filter((_, at) => !isRefused(FIRST_ITEM_AT + at)),
    };
  }
}

const BATCH_AT = 1;
const FIRST_ITEM_AT = 2;

async function readChunk({ batchId, chunk, requestId }: Rows): Promise<ChunkState | undefined> {
  const command = new GetCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: chunkPart(chunk) },
    ConsistentRead: true,
  });
  const { Item } = await withRetry(() => documentClient.send(command), {
    operation: 'settleCounts',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  return Item && toChunkState(Item);
}

function chunkUpdate(plan: Plan, chunk: ChunkState): Write {
  const later = laterEnds(plan, chunk.later);
  return {
    Update: {
      TableName: env.BATCHES_TABLE,
      Key: { batchId: plan.batchId, part: chunkPart(plan.chunk) },
      UpdateExpression:
        'SET #later = :later, laterCreated = :created, byCourse = :byCourse, settlements = :next',
      ConditionExpression:
        'settlements = :seen AND (attribute_not_exists(undoState) OR undoState <> :leased)',
      ExpressionAttributeNames: { '#later': 'later' },
      ExpressionAttributeValues: {
        ':later': later,
        ':created': Object.values(later).filter(({ outcome, isLate }) => outcome === 'created' && !isLate)
          .length,
        ':byCourse': movedTallies(plan, chunk.byCourse),
        ':seen': chunk.settlements,
        ':next': chunk.settlements + 1,
        ':leased': 'leased',
      },
    },
  };
}

function laterEnds({ items, isLate }: Plan, before: Record<string, LaterEnd>): Record<string, LaterEnd> {
  const after = new Map(Object.entries(before));
  for (const { rowNumber, state, assignmentId, courseId } of items) {
    const outcome = countedAs(state);
    if (outcome === 'failed') after.delete(String(rowNumber));
    else after.set(String(rowNumber), { outcome, assignmentId, courseId, isLate });
  }
  return Object.fromEntries(after);
}

/** A row counts under the course of its file until it is created, and then under the one it was created in. */
function movedTallies({ items }: Plan, before: Record<string, Tally>): Record<string, Tally> {
  const after = new Map(Object.entries(before).map(([courseId, tally]) => [courseId, { ...tally }]));
  const add = (courseId: string, end: Counted, count: number) => {
    const tally = after.get(courseId) ?? { ...NO_TALLY };
    tally[end] += count;
    after.set(courseId, tally);
  };
  for (const { row, courseId, counted, state } of items) {
    if (!row || !counted) continue;
    const now = countedAs(state);
    add(row.courseId, counted, -1);
    add(now === 'created' ? courseId : row.courseId, now, 1);
  }
  return Object.fromEntries(after);
}

/** A batch whose undo has begun keeps its numbers true as well, but its undo does not take the row back. */
function batchUpdate({ batchId, items, isLate }: Plan): Write {
  const moved = (end: Counted) =>
    items.filter(({ state }) => countedAs(state) === end).length -
    items.filter(({ counted }) => counted === end).length;
  const update = metaUpdate(batchId, {
    add: { created: moved('created'), rejected: moved('rejected'), failed: moved('failed') },
    causes: items.flatMap(causeChanges),
  });
  if (isLate || !update.Update) return update;
  return {
    Update: {
      ...update.Update,
      ConditionExpression: `${update.Update.ConditionExpression} AND NOT #state IN (:undoing, :undone)`,
      ExpressionAttributeNames: { ...update.Update.ExpressionAttributeNames, '#state': 'state' },
      ExpressionAttributeValues: {
        ...update.Update.ExpressionAttributeValues,
        ':undoing': 'undoing',
        ':undone': 'undone',
      },
    },
  };
}

const DISCARDED = 'Somebody discarded this row after it had failed';

/** The batch counted the row under the code with which it failed first. */
function causeChanges({ attempts, code, counted, state }: FailedItemItem) {
  const failed = { ...causeAttributes('failed', attempts[0]?.code ?? code), text: '' };
  const rejected = { ...causeAttributes('rejected', 'DISCARDED'), text: DISCARDED };
  const change = (end: Counted | null, rows: number) => {
    if (end === 'failed') return [{ ...failed, rows }];
    return end === 'rejected' ? [{ ...rejected, rows }] : [];
  };
  return [...change(counted, -1), ...change(countedAs(state), 1)];
}

function itemSettled(item: FailedItemItem): Write {
  const counted = countedAs(item.state);
  const lookAt = nextLookAt({ ...item, counted });
  return {
    Update: {
      ...itemPlace(item),
      UpdateExpression: `SET counted = :counted${lookAt ? ', nextLookAt = :lookAt' : ' REMOVE lookShard, nextLookAt'}`,
      ConditionExpression: '#version = :version AND counted = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: {
        ':counted': counted,
        ':before': item.counted,
        ':version': item.version,
        ...(lookAt ? { ':lookAt': lookAt } : {}),
      },
    },
  };
}
