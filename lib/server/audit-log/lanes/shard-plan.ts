import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { createCache } from '@/lib/server/cache';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { withRetry } from '@/lib/server/retry';
import { hourOf, hoursAfter } from '@/lib/shared/audit-hour';

/** Lanes per hour until somebody plans more. */
export const DEFAULT_SHARDS = 4;

/** More than 64 lanes would make every page read 64 partitions an hour. */
export const MOST_SHARDS = 64;

const PLAN_KEY = { lane: 'PLAN', eventKey: 'PLAN' };

/**
 * How many lanes each hour has, from when on. Steps only go up, and begin hours ahead of their writing: a process that has not
 * seen one yet writes into lanes that exist under it, too. `firstHour` is where the trail begins.
 */
const planSchema = z.object({
  firstHour: z.string(),
  steps: z.array(z.object({ from: z.string(), shards: z.int().min(1).max(MOST_SHARDS) })),
});

export type ShardPlan = z.infer<typeof planSchema>;

const plans = createCache<ShardPlan>('auditPlan', { max: 1, ttlMs: 60_000 });

/**
 * The plan, at most a minute old; made on first use, from the hour of now in an empty table and from a year ago in one
 * that holds events already.
 * @throws {AppError} what DynamoDB answered
 */
export function readShardPlan(requestId: string): Promise<ShardPlan> {
  return plans.read('plan', () => loadPlan(requestId));
}

type Known = { plan: Pick<ShardPlan, 'steps'>; askAgainAt: number };

const known = processState<Known>('auditPlanKnown', () => ({ plan: { steps: [] }, askAgainAt: 0 }));

/** After a refusal the plan is not asked for again for so long. */
const ASK_AGAIN_MS = 5000;

/**
 * The plan for a write, which waits for no retries: where it cannot be read, the last one known. Lanes only become more,
 * so an event lies in a lane that every reader looks into also under an old plan.
 */
export async function planForWriting(requestId: string): Promise<Pick<ShardPlan, 'steps'>> {
  if (Date.now() < known.askAgainAt) return known.plan;
  try {
    known.plan = await plans.read('plan', () => loadPlan(requestId, 0));
  } catch (thrown) {
    known.askAgainAt = Date.now() + ASK_AGAIN_MS;
    const { code, message } = classifyError(thrown);
    log.warn('plan of audit lanes not read', {
      requestId,
      operation: 'planForWriting',
      code,
      reason: message,
    });
  }
  return known.plan;
}

/** Makes this process read the plan again. */
export function forgetShardPlan(): void {
  plans.clear();
}

/** Lanes of an hour under a plan. */
export function shardsAt({ steps }: Pick<ShardPlan, 'steps'>, hour: string): number {
  return steps.reduce(
    (most, { from, shards }) => (from <= hour ? Math.max(most, shards) : most),
    DEFAULT_SHARDS,
  );
}

/** The write that puts a plan in the place of the one that was read; refused where somebody else has planned meanwhile. */
export function planWrite(plan: ShardPlan, before: ShardPlan) {
  return {
    Put: {
      TableName: env.AUDIT_TABLE,
      Item: { ...PLAN_KEY, ...planSchema.parse(plan) },
      ConditionExpression: '#steps = :before',
      ExpressionAttributeNames: { '#steps': 'steps' },
      ExpressionAttributeValues: { ':before': before.steps },
    },
  };
}

/**
 * Plans more lanes from an hour on. Fewer than before, or an hour that has nearly begun, changes nothing.
 * @param plan the plan with the new step
 * @throws {AppError} what DynamoDB answered
 */
export async function writeShardPlan(plan: ShardPlan, requestId: string): Promise<void> {
  const command = new PutCommand({
    TableName: env.AUDIT_TABLE,
    Item: { ...PLAN_KEY, ...planSchema.parse(plan) },
  });
  await withRetry(() => documentClient.send(command), context('writeShardPlan', requestId, env.MAX_RETRIES));
  forgetShardPlan();
}

async function loadPlan(requestId: string, maxRetries = env.MAX_RETRIES): Promise<ShardPlan> {
  const stored = await readPlan(requestId, maxRetries);
  if (stored) return stored;
  const now = hourOf(new Date().toISOString());
  const firstHour = (await holdsEvents(requestId, maxRetries)) ? hoursAfter(now, -365 * 24) : now;
  const command = new PutCommand({
    TableName: env.AUDIT_TABLE,
    Item: { ...PLAN_KEY, firstHour, steps: [] },
    ConditionExpression: 'attribute_not_exists(lane)',
  });
  try {
    await withRetry(() => documentClient.send(command), context('createShardPlan', requestId, maxRetries));
  } catch (thrown) {
    if (classifyError(thrown).code !== 'CONDITIONAL_FAILED') throw thrown;
  }
  return (await readPlan(requestId, maxRetries)) ?? { firstHour, steps: [] };
}

async function readPlan(requestId: string, maxRetries: number): Promise<ShardPlan | undefined> {
  const command = new GetCommand({ TableName: env.AUDIT_TABLE, Key: PLAN_KEY, ConsistentRead: true });
  const { Item } = await withRetry(
    () => documentClient.send(command),
    context('readShardPlan', requestId, maxRetries),
  );
  return Item && planSchema.parse(Item);
}

/** Whether a table without a plan is one from before there were plans. */
async function holdsEvents(requestId: string, maxRetries: number): Promise<boolean> {
  const command = new ScanCommand({ TableName: env.AUDIT_TABLE, Limit: 1, ConsistentRead: true });
  const { Items = [] } = await withRetry(
    () => documentClient.send(command),
    context('holdsEvents', requestId, maxRetries),
  );
  return Items.length > 0;
}

const context = (operation: string, requestId: string, maxRetries: number) => ({
  operation,
  requestId,
  maxRetries,
});
