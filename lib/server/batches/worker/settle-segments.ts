import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type BatchItem, chunkPart, isActive, LAST_CHUNK, metaKey } from '@/lib/server/batches/batch-item';
import { type ChunkState, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { createdRows, originOf } from '@/lib/server/batches/chunks/created-rows';
import { queryParts } from '@/lib/server/batches/query-parts';
import { creationSegment } from '@/lib/server/batches/run/creation-segment';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { isConditionFailed, refusalAt } from '@/lib/server/stored-item';

/**
 * Writes the audit segments of chunks that were committed while the audit table refused them. Several processes may do
 * it at once: the item is the same each time, and each chunk is taken off the list once.
 * @throws what DynamoDB answered; what is left stays marked
 */
export async function settleSegments(batch: BatchItem, requestId: string): Promise<void> {
  if (batch.pendingSegments === 0) return;
  const { batchId } = batch;
  const parts = queryParts({ batchId, first: chunkPart(0), last: chunkPart(LAST_CHUNK) }, requestId);
  for await (const item of parts) {
    const chunk = toChunkState(item);
    if (chunk.isSegmentPending) await settle(batch, chunk, requestId);
  }
  if (!isActive(batch.state)) await leaveAlone(batch);
}

/** One that is there already may be sealed: it stays as it is. */
async function putIfNew(Item: Record<string, unknown>): Promise<void> {
  const command = new PutCommand({
    TableName: env.AUDIT_TABLE,
    Item,
    ConditionExpression: 'attribute_not_exists(lane)',
  });
  try {
    await documentClient.send(command);
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}

async function settle(batch: BatchItem, chunk: ChunkState, requestId: string): Promise<void> {
  const rows = await createdRows(batch, chunk, requestId);
  const Item = await creationSegment(originOf(batch, chunk), rows);
  await putIfNew(Item);
  const unmark = {
    TableName: env.BATCHES_TABLE,
    Key: { batchId: batch.batchId, part: chunkPart(chunk.chunk) },
    UpdateExpression: 'SET isSegmentPending = :no',
    ConditionExpression: 'isSegmentPending = :yes',
    ExpressionAttributeValues: { ':no': false, ':yes': true },
  };
  const count = {
    ...metaKey(batch.batchId),
    UpdateExpression: 'ADD pendingSegments :less',
    ExpressionAttributeValues: { ':less': -1 },
  };
  try {
    await documentClient.send(
      new TransactWriteCommand({ TransactItems: [{ Update: unmark }, { Update: count }] }),
    );
  } catch (thrown) {
    // Another process was quicker with the same segment.
    if (refusalAt(thrown, 0) !== 'ConditionalCheckFailed') throw thrown;
  }
}

/** Takes an ended batch off the list of those that need a worker, once nothing is pending any more. */
async function leaveAlone({ batchId, state }: BatchItem): Promise<void> {
  try {
    await documentClient.send(
      new UpdateCommand({
        ...metaKey(batchId),
        UpdateExpression: 'REMOVE activeKey',
        ConditionExpression:
          'pendingSegments = :none AND #state = :state AND attribute_not_exists(pendingEvents)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':none': 0, ':state': state },
      }),
    );
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}
