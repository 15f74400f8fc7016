import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { unsent } from '@/lib/server/metrics/unsent';
import { isConditionFailed } from '@/lib/server/stored-item';

const PLACE = { TableName: env.METRICS_TABLE, Key: { lane: 'ROLLER', itemKey: 'TURN' } };

/** How long the right to add up stays with a process that gives no sign of life: two rounds. */
const TURN_MS = 150_000;

/** Up to which hour, by its first millisecond, all is added up for good; undefined before anybody did. */
export type RollingTurn = { rolledToMs: number | undefined };

/**
 * Takes the right to add up, or keeps it. Two processes that have it harm nothing: what they write is the same.
 * @returns undefined where another process has it
 * @throws what DynamoDB answered
 */
export async function takeRollingTurn(): Promise<RollingTurn | undefined> {
  const nowMs = Date.now();
  const command = new UpdateCommand({
    ...PLACE,
    UpdateExpression: 'SET heldBy = :me, heldUntilMs = :until',
    ConditionExpression: 'attribute_not_exists(heldUntilMs) OR heldUntilMs < :now OR heldBy = :me',
    ExpressionAttributeValues: { ':me': unsent.instance, ':until': nowMs + TURN_MS, ':now': nowMs },
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes } = await documentClient.send(command);
    const rolledToMs = Attributes?.rolledToMs;
    return { rolledToMs: typeof rolledToMs === 'number' ? rolledToMs : undefined };
  } catch (thrown) {
    if (isConditionFailed(thrown)) return undefined;
    throw thrown;
  }
}

/**
 * Notes that all hours up to this one are added up for good. It never goes back.
 * @throws what DynamoDB answered
 */
export async function noteRolledTo(rolledToMs: number): Promise<void> {
  const command = new UpdateCommand({
    ...PLACE,
    UpdateExpression: 'SET rolledToMs = :to',
    ConditionExpression: 'attribute_not_exists(rolledToMs) OR rolledToMs < :to',
    ExpressionAttributeValues: { ':to': rolledToMs },
  });
  try {
    await documentClient.send(command);
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}
