import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type BatchItem, chunkPart, metaKey } from '@/lib/server/batches/batch-item';
import { hasPassed } from '@/lib/server/batches/bulk/has-passed';
import { countOutcome } from '@/lib/server/batches/bulk/target-ends';
import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import { type ChunkState, toChunkState } from '@/lib/server/batches/chunks/chunk-state';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { writeIf } from '@/lib/server/write-if';
import { SYSTEM } from '@/lib/shared/audit-event';
import { CANARY_FAILED } from '@/lib/shared/batch';

/** The chunk whose targets go first. */
export const CANARY_CHUNK = 1;

/**
 * Decides whether the other targets of a bulk batch may follow those that went first. Where they may not, the batch pauses
 * by itself and says why; whoever resumes it lets them follow.
 * @returns whether they may follow
 * @throws {AppError} what DynamoDB answered
 */
export async function judgeCanary(batch: BatchItem, requestId: string): Promise<boolean> {
  const chunk = await readCanary(batch.batchId, requestId);
  if (chunk.state !== 'committed') return false;
  const { outcomes = '' } = chunk;
  if (hasPassed(outcomes)) {
    await notePassed(batch.batchId, requestId);
    return true;
  }
  const [succeeded, failed] = [countOutcome(outcomes, 'succeeded'), countOutcome(outcomes, 'failed')];
  const few = succeeded === 0 ? 'None' : `Only ${succeeded}`;
  const message = `${few} of the first ${succeeded + failed} succeeded, so the others were not begun. Resume to go on all the same`;
  await changeBatchState({
    batchId: batch.batchId,
    action: 'PAUSE_BATCH',
    verb: 'paused',
    from: ['running'],
    to: 'paused',
    already: ['paused', 'cancelling', 'cancelled'],
    author: SYSTEM,
    requestId,
    set: { canary: 'failed', problem: { code: CANARY_FAILED, message, since: new Date().toISOString() } },
    needs: { canary: 'waiting' },
  });
  return false;
}

async function readCanary(batchId: string, requestId: string): Promise<ChunkState> {
  const command = new GetCommand({
    TableName: env.BATCHES_TABLE,
    Key: { batchId, part: chunkPart(CANARY_CHUNK) },
    ConsistentRead: true,
  });
  const { Item } = await withRetry(() => documentClient.send(command), {
    operation: 'judgeCanary',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  return toChunkState(Item ?? {});
}

/** Any number of processes may notice it. */
async function notePassed(batchId: string, requestId: string): Promise<void> {
  const command = new UpdateCommand({
    ...metaKey(batchId),
    UpdateExpression: 'SET canary = :passed',
    ConditionExpression: 'canary = :waiting',
    ExpressionAttributeValues: { ':passed': 'passed', ':waiting': 'waiting' },
  });
  await writeIf(() => documentClient.send(command), { operation: 'judgeCanary', requestId });
}
