import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { alertEventSchema, alertSchema } from '@/lib/shared/alert';

/** Partitions of the metrics table: alerts by rule, their history by time, messages that are still to be delivered. */
export const ALERTS = 'ALERTS';
export const HISTORY = 'ALERT_HISTORY';
export const OUTBOX = 'ALERT_OUTBOX';
export const CHANNEL_LANE = 'ALERT_CHANNELS';
export const ROUNDS = 'ALERT_ROUNDS';
export const RESPONSE_LANE = 'RESPONSES';
export const HOLDS = 'RESPONSE_HOLDS';

/** The place of an item of the metrics table. */
export const placeOf = (lane: string, itemKey: string) => ({
  TableName: env.METRICS_TABLE,
  Key: { lane, itemKey },
});

/** What the table holds of an alert beside what people see. Every write counts `version` up. */
export const alertItemSchema = alertSchema.extend({
  version: z.int(),
  /** How often it has begun to fire. */
  episode: z.int(),
  /** The episode of which receivers were told that it fires, and not yet that it is over. */
  told: z.int().nullable(),
  /** Since when it is bad without a break, while pending or firing; since when it is not, while firing. */
  badSince: z.string().nullable(),
  quietSince: z.string().nullable(),
});

export type AlertItem = z.infer<typeof alertItemSchema>;

export const toAlertItem = (item: Record<string, unknown>) => alertItemSchema.parse(item);

/** Every item of a partition that is small by its nature. */
export async function readLane(lane: string, requestId: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: env.METRICS_TABLE,
      KeyConditionExpression: 'lane = :lane',
      ExpressionAttributeValues: { ':lane': lane },
      ConsistentRead: true,
      ...(startKey ? { ExclusiveStartKey: startKey } : {}),
    });
    const context = { operation: 'readAlerts', requestId, maxRetries: env.MAX_RETRIES };
    const page = await withRetry(() => documentClient.send(command), context);
    items.push(...(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return items;
}

/** Every alert, as it is stored. */
export async function readAlertItems(requestId: string): Promise<AlertItem[]> {
  return (await readLane(ALERTS, requestId)).map(toAlertItem);
}

const HISTORY_DAYS = 90;

/** The item of one entry of the history. */
export function historyItem(event: z.infer<typeof alertEventSchema>) {
  const ttl = Math.floor(Date.parse(event.at) / 1000) + HISTORY_DAYS * 24 * 60 * 60;
  return { lane: HISTORY, itemKey: `${event.at}#${event.ruleId}#${event.kind}`, ...event, ttl };
}

export const toAlertEvent = (item: Record<string, unknown>) => alertEventSchema.parse(item);
