import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { placeOf, ROUNDS } from '@/lib/server/alerts/alert-item';
import { documentClient } from '@/lib/server/dynamodb';
import { writeIf } from '@/lib/server/write-if';

/**
 * Claims one round of work that any process may do, but only one of them in `everyMs`. A process that dies costs one round:
 * the next is free again by itself.
 * @returns false where another process has it
 */
export function claimRound(name: string, everyMs: number, requestId: string): Promise<boolean> {
  const nowMs = Date.now();
  const command = new UpdateCommand({
    ...placeOf(ROUNDS, name),
    UpdateExpression: 'SET nextAt = :next, startedAt = :now',
    ConditionExpression: 'attribute_not_exists(nextAt) OR nextAt <= :now',
    ExpressionAttributeValues: {
      ':next': new Date(nowMs + everyMs).toISOString(),
      ':now': new Date(nowMs).toISOString(),
    },
  });
  return writeIf(() => documentClient.send(command), { operation: 'claimRound', requestId });
}
