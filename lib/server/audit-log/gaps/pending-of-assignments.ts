import { PENDING_SHARD_KEYS } from '@/lib/server/assignments/assignment-item';
import { toPendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { keysOfIndex } from '@/lib/server/audit-log/gaps/keys-of-index';
import {
  addPending,
  NOTHING_PENDING,
  type Pending,
  pendingOf,
} from '@/lib/server/audit-log/gaps/pending-events';
import { batchGet } from '@/lib/server/batch-get';
import { env } from '@/lib/server/env';

/**
 * Events that lie on the assignments they tell of.
 * @throws {AppError} what DynamoDB answered
 */
export async function pendingOfAssignments(requestId: string): Promise<Pending> {
  const shards = await Promise.all(PENDING_SHARD_KEYS.map((shard) => pendingOfShard(shard, requestId)));
  return shards.reduce(addPending, NOTHING_PENDING);
}

async function pendingOfShard(shard: string, requestId: string): Promise<Pending> {
  const { keys, hasMore } = await keysOfIndex(
    {
      TableName: env.ASSIGNMENTS_TABLE,
      IndexName: 'byPendingEffects',
      KeyConditionExpression: 'pendingShard = :shard',
      ExpressionAttributeValues: { ':shard': shard },
    },
    requestId,
  );
  const items = await batchGet(
    env.ASSIGNMENTS_TABLE,
    keys.map(({ assignmentId }) => ({ assignmentId })),
    { operation: 'countGaps', requestId },
  );
  const events = items.flatMap((item) => toPendingAssignment(item).pendingEvents);
  return { ...pendingOf(events), isAtLeast: hasMore };
}
