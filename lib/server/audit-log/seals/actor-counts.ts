import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ActorTally } from '@/lib/server/audit-log/seals/count-hour';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { writeIf } from '@/lib/server/write-if';

/** The partition that counts who did how much in a month ("2026-11"): one item per person, added to as hours are sealed. */
export const actorsLane = (month: string) => `ACTORS#${month}`;

const AT_ONCE = 10;

/**
 * Adds what people did in an hour to their months. Hours are added in their order, each once: a repetition changes nothing.
 * @throws {AppError} what DynamoDB answered
 */
export async function addActorCounts(
  hour: string,
  tallies: Iterable<ActorTally>,
  requestId: string,
): Promise<void> {
  const left = [...tallies];
  while (left.length > 0) {
    await Promise.all(left.splice(0, AT_ONCE).map((tally) => addCount(hour, tally, requestId)));
  }
}

async function addCount(
  hour: string,
  { actorId, month, role, events, items }: ActorTally,
  requestId: string,
): Promise<void> {
  const command = new UpdateCommand({
    TableName: env.AUDIT_TABLE,
    Key: { lane: actorsLane(month), eventKey: actorId },
    UpdateExpression: 'SET lastHour = :hour, #role = :role ADD #events :events, #items :items',
    ConditionExpression: 'attribute_not_exists(lastHour) OR lastHour < :hour',
    ExpressionAttributeNames: { '#role': 'role', '#events': 'events', '#items': 'items' },
    ExpressionAttributeValues: { ':hour': hour, ':role': role, ':events': events, ':items': items },
  });
  await writeIf(() => documentClient.send(command), { operation: 'addActorCounts', requestId });
}
