import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { itemPlace } from '@/lib/server/failed-items/failed-item';
import { log } from '@/lib/server/log';
import { newRequestId } from '@/lib/server/request-id';
import { withRetry } from '@/lib/server/retry';
import type { RetrySafety } from '@/lib/shared/failed-item';

const ORIGIN = 'pulse';

/** Writes are counted in intervals, and those of the last two minutes tell how things are. */
const INTERVAL_MS = 30_000;
const WINDOW_MS = 120_000;
const KEPT_SECONDS = 3600;

/** Fewer failures may be chance. */
const FEWEST_FAILURES = 5;

/** Failures of these classes are DynamoDB's or ours; the others are in the data, and say nothing of the next write. */
const TELLING = new Set(['transient', 'system']);

const CODE_PREFIX = 'code_';

/** Nobody waits long for it. */
const MAX_RETRIES = 1;

const pulseSchema = z.looseObject({ succeeded: z.int().default(0) });

type Writes = { failed: readonly { code: string; class: string }[]; succeeded: number };

/** Notes how writes ended, so that people are told whether a retry is likely to work now. Never throws. */
export async function noteWrites({ failed, succeeded }: Writes, requestId = newRequestId()): Promise<void> {
  const counts = new Map<string, number>([['succeeded', succeeded]]);
  for (const failure of failed.filter((each) => TELLING.has(each.class))) {
    const name = `${CODE_PREFIX}${failure.code}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const added = [...counts].filter(([, count]) => count > 0);
  if (added.length === 0) return;
  const command = new UpdateCommand({
    ...itemPlace({ origin: ORIGIN, itemKey: intervalOf(Date.now()) }),
    UpdateExpression: `ADD ${added.map((_, at) => `#n${at} :n${at}`).join(', ')} SET #ttl = :ttl`,
    ExpressionAttributeNames: {
      ...Object.fromEntries(added.map(([name], at) => [`#n${at}`, name])),
      '#ttl': 'ttl',
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(added.map(([, count], at) => [`:n${at}`, count])),
      ':ttl': Math.floor(Date.now() / 1000) + KEPT_SECONDS,
    },
  });
  const context = { operation: 'noteWrites', requestId, maxRetries: MAX_RETRIES };
  try {
    await withRetry(() => documentClient.send(command), context);
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('writes not noted', { requestId, operation: context.operation, code, reason: message });
  }
}

/**
 * Whether a retry is likely to work now: not while DynamoDB or we ourselves let more writes fail than succeed, of those that
 * were noted in the last two minutes.
 * @throws {AppError} what DynamoDB answered
 */
export async function retrySafety(requestId: string): Promise<RetrySafety> {
  const command = new QueryCommand({
    TableName: env.FAILED_ITEMS_TABLE,
    KeyConditionExpression: 'origin = :origin AND itemKey >= :from',
    ExpressionAttributeValues: { ':origin': ORIGIN, ':from': intervalOf(Date.now() - WINDOW_MS) },
    ConsistentRead: true,
  });
  const context = { operation: 'retrySafety', requestId, maxRetries: env.MAX_RETRIES };
  const { Items = [] } = await withRetry(() => documentClient.send(command), context);
  const pulses = Items.map((item) => pulseSchema.parse(item));
  const succeeded = pulses.reduce((sum, pulse) => sum + pulse.succeeded, 0);
  const failures = failuresByCode(pulses);
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  const [code = null] = [...failures].sort(([, a], [, b]) => b - a).map(([name]) => name);
  return { isSafe: failed < FEWEST_FAILURES || failed <= succeeded, failed, succeeded, code };
}

function failuresByCode(pulses: Record<string, unknown>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [name, count] of pulses.flatMap((pulse) => Object.entries(pulse))) {
    if (!name.startsWith(CODE_PREFIX)) continue;
    const code = name.slice(CODE_PREFIX.length);
    counts.set(code, (counts.get(code) ?? 0) + Number(count));
  }
  return counts;
}

function intervalOf(epochMs: number): string {
  return new Date(Math.floor(epochMs / INTERVAL_MS) * INTERVAL_MS).toISOString();
}
