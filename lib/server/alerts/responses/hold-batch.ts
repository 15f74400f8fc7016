import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { HOLDS, placeOf, readLane } from '@/lib/server/alerts/alert-item';
import { changeBatchState } from '@/lib/server/batches/change-batch-state';
import { lookAfter } from '@/lib/server/batches/worker/batch-worker';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { SYSTEM } from '@/lib/shared/audit-event';

const holdSchema = z.object({ itemKey: z.string(), run: z.string(), batchId: z.string() });

/** A batch that a run of a response has paused, and is to resume. */
export type Hold = z.infer<typeof holdSchema>;

/** Refusals that say that a batch is not as a step needs it: somebody has done something with it. */
const NOT_OURS = new Set(['CONDITIONAL_FAILED', 'NOT_FOUND']);

/**
 * The batches that are held.
 * @throws {AppError} what DynamoDB answered
 */
export async function readHolds(requestId: string): Promise<Hold[]> {
  return (await readLane(HOLDS, requestId)).map((item) => holdSchema.parse(item));
}

/**
 * Pauses a running batch for a run of a response, once: a batch that a person has resumed meanwhile is left to them.
 * @throws {AppError} what DynamoDB answered
 */
export async function holdBatch(batchId: string, run: string, requestId: string): Promise<void> {
  const { TableName, Key } = placeOf(HOLDS, `${run}#${batchId}`);
  const hold = {
    ...{ TableName, Item: { ...Key, run, batchId }, ConditionExpression: 'attribute_not_exists(lane)' },
  };
  await unlessNotOurs(() =>
    changeBatchState({
      ...{ batchId, action: 'PAUSE_BATCH', verb: 'paused', from: ['running'], to: 'paused' },
      ...{ already: ['paused'], author: SYSTEM, requestId, heldBy: run, beside: [{ Put: hold }] },
    }),
  );
}

/**
 * Resumes a batch that is held, if nobody has done anything with it since; in any case it is held no more.
 * @throws {AppError} what DynamoDB answered
 */
export async function releaseBatch({ itemKey, run, batchId }: Hold, requestId: string): Promise<void> {
  const place = placeOf(HOLDS, itemKey);
  const isResumed = await unlessNotOurs(() =>
    changeBatchState({
      ...{ batchId, action: 'RESUME_BATCH', verb: 'resumed', from: ['paused'], to: 'running' },
      ...{ already: [], author: SYSTEM, requestId, needs: { heldBy: run }, beside: [{ Delete: place }] },
    }),
  );
  if (isResumed) {
    lookAfter(batchId);
    return;
  }
  const context = { operation: 'releaseBatch', requestId, maxRetries: env.MAX_RETRIES };
  await withRetry(() => documentClient.send(new DeleteCommand(place)), context);
}

async function unlessNotOurs(step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (thrown) {
    if (NOT_OURS.has(classifyError(thrown).code)) return false;
    throw thrown;
  }
}
