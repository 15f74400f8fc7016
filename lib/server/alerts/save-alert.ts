import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ALERTS, type AlertItem, historyItem, placeOf } from '@/lib/server/alerts/alert-item';
import { openChannels } from '@/lib/server/alerts/deliveries/channels';
import { outboxItem } from '@/lib/server/alerts/deliveries/outbox-item';
import type { Step } from '@/lib/server/alerts/next-alert';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { refusalAt } from '@/lib/server/stored-item';

/**
 * Stores what a round made of an alert, together with its entry in the history and the messages that it owes to receivers:
 * a process that is killed right afterwards loses none of them.
 * @param before as it was read
 * @returns false where somebody else has changed it since; nothing has happened then
 * @throws {AppError} what DynamoDB answered
 */
export async function saveAlert(
  before: AlertItem | undefined,
  step: Step,
  { now, requestId }: { now: string; requestId: string },
): Promise<boolean> {
  const { TableName } = placeOf(ALERTS, step.after.ruleId);
  const puts = [...historyOf(step, now), ...messagesOf(step, now)];
  const command = new TransactWriteCommand({
    ClientRequestToken: randomUUID(),
    TransactItems: [
      { Put: { TableName, ...alertPut(before, step.after) } },
      ...puts.map((Item): Write => ({ Put: { TableName, Item } })),
    ],
  });
  try {
    const context = { operation: 'saveAlert', requestId, maxRetries: env.MAX_RETRIES };
    await withRetry(() => documentClient.send(command), context);
    return true;
  } catch (thrown) {
    if (refusalAt(thrown, 0) === 'ConditionalCheckFailed') return false;
    throw thrown;
  }
}

function alertPut(before: AlertItem | undefined, after: AlertItem) {
  const Item = { ...placeOf(ALERTS, after.ruleId).Key, ...after, version: (before?.version ?? 0) + 1 };
  if (!before) return { Item, ConditionExpression: 'attribute_not_exists(lane)' };
  return {
    Item,
    ConditionExpression: 'version = :read',
    ExpressionAttributeValues: { ':read': before.version },
  };
}

function historyOf({ after, transition }: Step, now: string) {
  if (transition !== 'firing' && transition !== 'resolved') return [];
  const { ruleId, title, sentence } = after;
  return [historyItem({ ruleId, title, sentence, kind: transition, at: now, by: null })];
}

function messagesOf({ after, tell }: Step, now: string) {
  if (!tell) return [];
  return openChannels().map((channel) => outboxItem({ channel, kind: tell, alert: after, at: now }));
}
