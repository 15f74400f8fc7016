import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { HISTORY, placeOf, ROUNDS, readAlertItems, toAlertEvent } from '@/lib/server/alerts/alert-item';
import { listChannels } from '@/lib/server/alerts/deliveries/list-channels';
import { ROUND } from '@/lib/server/alerts/evaluate-alerts';
import { listResponses } from '@/lib/server/alerts/responses/list-responses';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { type Alert, type AlertEvent, type AlertState, type Alerts, alertSchema } from '@/lib/shared/alert';

/** What wants somebody comes first. */
const ORDER: Record<AlertState, number> = { firing: 0, pending: 1, resolved: 2, ok: 3 };

const NEWEST = 50;

/**
 * Every alert, response and channel as it is at this moment, and what happened last.
 * @throws {AppError} what DynamoDB answered
 */
export async function listAlerts(requestId: string): Promise<Alerts> {
  const [stored, responses, channels, history, evaluatedAt] = await Promise.all([
    readAlertItems(requestId),
    listResponses(requestId),
    listChannels(requestId),
    readHistory(requestId),
    readRound(requestId),
  ]);
  const now = new Date().toISOString();
  const alerts = stored.map((item) => alertSchema.parse(item)).map((alert) => withoutPast(alert, now));
  return { now, evaluatedAt, alerts: alerts.sort(byUrgency), responses, channels, history };
}

/** A silence that is over is forgotten in the next round. */
function withoutPast(alert: Alert, now: string): Alert {
  return alert.silence && alert.silence.until <= now ? { ...alert, silence: null } : alert;
}

function byUrgency(a: Alert, b: Alert): number {
  if (a.state !== b.state) return ORDER[a.state] - ORDER[b.state];
  if (a.severity !== b.severity) return a.severity === 'page' ? -1 : 1;
  return a.since === b.since ? a.ruleId.localeCompare(b.ruleId) : b.since.localeCompare(a.since);
}

async function readHistory(requestId: string): Promise<AlertEvent[]> {
  const command = new QueryCommand({
    TableName: env.METRICS_TABLE,
    KeyConditionExpression: 'lane = :lane',
    ExpressionAttributeValues: { ':lane': HISTORY },
    ScanIndexForward: false,
    Limit: NEWEST,
  });
  const context = { operation: 'readAlertHistory', requestId, maxRetries: env.MAX_RETRIES };
  const { Items = [] } = await withRetry(() => documentClient.send(command), context);
  return Items.map(toAlertEvent);
}

const roundSchema = z.object({ startedAt: z.string() });

async function readRound(requestId: string): Promise<string | null> {
  const context = { operation: 'readAlertRound', requestId, maxRetries: env.MAX_RETRIES };
  const send = () => documentClient.send(new GetCommand(placeOf(ROUNDS, ROUND)));
  const { Item } = await withRetry(send, context);
  return Item ? roundSchema.parse(Item).startedAt : null;
}
