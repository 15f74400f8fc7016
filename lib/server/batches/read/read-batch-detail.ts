import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { FILE, ratePart, toBatch } from '@/lib/server/batches/batch-item';
import { toRatePoint } from '@/lib/server/batches/read/list-rate-points';
import { readStoredBatch } from '@/lib/server/batches/read-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import {
  type Batch,
  type BatchDetail,
  type Cause,
  causeSchema,
  RATE_POINT_SECONDS,
  type RatePoint,
} from '@/lib/shared/batch';

/** How far back the rate looks: the interval that passes now and the two before. */
const RATE_SECONDS = 3 * RATE_POINT_SECONDS;

const fileCausesSchema = z.object({ preview: z.object({ causes: z.array(causeSchema) }) });

/**
 * Reads a batch as it is at this moment, with how fast it goes and why rows were not created.
 * @throws {AppError} NOT_FOUND, or what DynamoDB answered
 */
export async function readBatchDetail(batchId: string, requestId: string): Promise<BatchDetail> {
  const stored = await readStoredBatch(batchId, requestId);
  const batch = toBatch(stored);
  const [points, fileCauses] = await Promise.all([
    batch.state === 'running' ? recentPoints(batchId, requestId) : [],
    readFileCauses(batchId, requestId),
  ]);
  const now = Date.now();
  return {
    ...batch,
    rates: ratesOf(batch, points, now),
    causes: [...runCauses(stored), ...fileCauses].sort((first, second) => second.count - first.count),
    asOf: new Date(now).toISOString(),
  };
}

/** Causes that came up while the batch ran, from the attributes that count them. */
function runCauses(stored: Record<string, unknown>): Cause[] {
  return Object.entries(stored).flatMap(([name, count]) => {
    const [kind, outcome, code = ''] = name.split('#');
    // Rows that were retried or restored have left their cause.
    if (kind !== 'cause' || Number(count) <= 0) return [];
    const message = stored[`message#${outcome}#${code}`];
    return causeSchema.parse({ outcome, code, field: null, message, count, rowNumbers: [] });
  });
}

async function readFileCauses(batchId: string, requestId: string): Promise<Cause[]> {
  const command = new GetCommand({ TableName: env.BATCHES_TABLE, Key: { batchId, part: FILE } });
  const { Item } = await withRetry(() => documentClient.send(command), context(requestId));
  return fileCausesSchema.safeParse(Item).data?.preview.causes ?? [];
}

async function recentPoints(batchId: string, requestId: string): Promise<RatePoint[]> {
  const command = new QueryCommand({
    TableName: env.BATCHES_TABLE,
    KeyConditionExpression: 'batchId = :batchId AND part BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':batchId': batchId,
      ':from': ratePart(Math.floor(Date.now() / 1000) - RATE_SECONDS),
      ':to': ratePart(Math.ceil(Date.now() / 1000)),
    },
    ConsistentRead: true,
  });
  const { Items = [] } = await withRetry(() => documentClient.send(command), context(requestId));
  return Items.map(toRatePoint);
}

function ratesOf({ startedAt, waiting }: Batch, points: RatePoint[], now: number): BatchDetail['rates'] {
  const ended = sum(points, 'ended');
  const sent = sum(points, 'sent');
  const first = points[0];
  if (!first || !startedAt || ended === 0) {
    return { rowsPerSecond: null, throttledShare: null, secondsLeft: null };
  }
  const from = Math.max(Date.parse(first.from), Date.parse(startedAt));
  const rowsPerSecond = ended / Math.max(1, (now - from) / 1000);
  return {
    rowsPerSecond,
    throttledShare: sent === 0 ? 0 : sum(points, 'throttled') / sent,
    secondsLeft: Math.ceil(waiting / rowsPerSecond),
  };
}

function sum(points: RatePoint[], name: 'ended' | 'sent' | 'throttled'): number {
  return points.reduce((total, point) => total + point[name], 0);
}

function context(requestId: string) {
  return { operation: 'readBatchDetail', requestId, maxRetries: env.MAX_RETRIES };
}
