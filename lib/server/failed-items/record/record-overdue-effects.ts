import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { PENDING_SHARD_KEYS, toAssignment } from '@/lib/server/assignments/assignment-item';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { settleEffects } from '@/lib/server/assignments/settle-effects';
import { batchGet } from '@/lib/server/batch-get';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { effectsName } from '@/lib/server/failed-items/failed-item-key';
import { newFailedItem } from '@/lib/server/failed-items/record/new-failed-item';
import { recordItem } from '@/lib/server/failed-items/record/record-item';
import type { AppError } from '@/lib/shared/app-error';
import { EFFECTS } from '@/lib/shared/assignment';

/** Assignments of one partition that one round lists; the next round goes on. */
const MOST_AT_A_TIME = 25;

/**
 * Lists effects of creates that have been pending since before `olderThan` (ISO): the sweeper has tried many times, so
 * somebody must look. One more attempt tells the cause.
 * @throws {AppError} where they cannot be read or listed
 */
export async function recordOverdueEffects(olderThan: string, requestId: string): Promise<void> {
  for (const shard of PENDING_SHARD_KEYS) {
    const { Items = [] } = await documentClient.send(
      new QueryCommand({
        TableName: env.ASSIGNMENTS_TABLE,
        IndexName: 'byPendingEffects',
        KeyConditionExpression: 'pendingShard = :shard AND pendingSince < :olderThan',
        ExpressionAttributeValues: { ':shard': shard, ':olderThan': olderThan },
        Limit: MOST_AT_A_TIME,
      }),
    );
    const keys = Items.map(({ assignmentId }) => ({ assignmentId }));
    const options = { operation: 'recordOverdueEffects', requestId };
    for (const item of await batchGet(env.ASSIGNMENTS_TABLE, keys, options)) {
      const error = await refusal(item, requestId);
      if (error) await record(item, error, requestId);
    }
  }
}

/** Undefined where the effects are applied now, or were not pending any more. */
async function refusal(item: Record<string, unknown>, requestId: string): Promise<AppError | undefined> {
  const pending = toPendingAssignment(item);
  if (pending.pendingEffects.size === 0) return undefined;
  try {
    await settleEffects([pending], EFFECTS, requestId);
    return undefined;
  } catch (thrown) {
    return classifyError(thrown);
  }
}

async function record(item: Record<string, unknown>, error: AppError, requestId: string): Promise<void> {
  const { assignmentId, title, courseId, createdBy } = toAssignment(item);
  const failed = newFailedItem(error, {
    ...effectsName(assignmentId),
    kind: 'effects',
    payload: null,
    ...{ title, courseId, assignmentId },
    writeToken: String(item.writeToken),
    mayTakeNewId: false,
    ...{ batchId: null, rowNumber: null, row: null, counted: null },
    actor: createdBy,
    requestId: String(item.requestId),
    values: [],
  });
  await recordItem(failed, requestId);
}
