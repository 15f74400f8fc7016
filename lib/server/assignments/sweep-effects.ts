import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { applyEffects } from '@/lib/server/assignments/apply-effects';
import { PENDING_SHARD_KEYS } from '@/lib/server/assignments/assignment-item';
import { type PendingAssignment, toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { batchGet } from '@/lib/server/batch-get';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';

/** BatchGetItem takes at most 100 keys. */
const PAGE_SIZE = 100;

/**
 * Applies effects that have been pending since before `olderThan` (ISO instant), oldest first: what a killed process or
 * a refusing table left. Several processes may sweep at once; each effect is applied by one of them only.
 * @returns how many assignments were found with pending effects
 * @throws {AppError} where the index itself cannot be read
 */
export async function sweepEffects(olderThan: string, requestId: string): Promise<number> {
  const counts = await Promise.all(
    PENDING_SHARD_KEYS.map((shard) => sweepShard(shard, olderThan, requestId)),
  );
  const found = counts.reduce((sum, count) => sum + count, 0);
  if (found > 0) log.info('pending effects swept', { requestId, operation: 'sweepEffects', found });
  return found;
}

async function sweepShard(shard: string, olderThan: string, requestId: string): Promise<number> {
  let found = 0;
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await documentClient.send(
      new QueryCommand({
        TableName: env.ASSIGNMENTS_TABLE,
        IndexName: 'byPendingEffects',
        KeyConditionExpression: 'pendingShard = :shard AND pendingSince < :olderThan',
        ExpressionAttributeValues: { ':shard': shard, ':olderThan': olderThan },
        Limit: PAGE_SIZE,
        ExclusiveStartKey: startKey,
      }),
    );
    const pending = await readPending(
      (page.Items ?? []).map(({ assignmentId }) => assignmentId),
      requestId,
    );
    await applyEffects(pending, requestId);
    found += pending.length;
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return found;
}

/** The index may lag behind; the items themselves say what is still pending. */
async function readPending(assignmentIds: string[], requestId: string): Promise<PendingAssignment[]> {
  const keys = assignmentIds.map((assignmentId) => ({ assignmentId }));
  const items = await batchGet(env.ASSIGNMENTS_TABLE, keys, { operation: 'sweepEffects', requestId });
  return items.map(toPendingAssignment).filter(({ pendingEffects }) => pendingEffects.size > 0);
}
