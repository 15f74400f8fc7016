import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';

const PLACE = { lane: 'READING', itemKey: 'MARK' };

/** How long a reading counts as somebody looking, and how often a process says so at most. */
const LOOKING_MS = 20_000;
const NOTE_EVERY_MS = 5000;

const noted = processState('metricsReading', () => ({ atMs: 0 }));

/** Tells all processes that somebody looks at metrics, so that they report more often. Never throws. */
export async function noteReading(requestId: string): Promise<void> {
  const nowMs = Date.now();
  if (nowMs - noted.atMs < NOTE_EVERY_MS) return;
  noted.atMs = nowMs;
  const untilMs = nowMs + LOOKING_MS;
  const Item = { ...PLACE, untilMs, ttl: Math.ceil(untilMs / 1000) };
  try {
    await documentClient.send(new PutCommand({ TableName: env.METRICS_TABLE, Item }));
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('processes not told that metrics are read', {
      requestId,
      operation: 'noteReading',
      code,
      reason: message,
    });
  }
}

/**
 * Whether somebody has read metrics a moment ago, in any process.
 * @throws what DynamoDB answered
 */
export async function isSomebodyLooking(): Promise<boolean> {
  const command = new GetCommand({ TableName: env.METRICS_TABLE, Key: PLACE });
  const { Item } = await documentClient.send(command);
  return Number(Item?.untilMs ?? 0) > Date.now();
}
