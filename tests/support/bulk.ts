import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { listTargetResults } from '@/lib/server/batches/read/list-target-results';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import type { ItemAction } from '@/lib/server/failed-items/item-action';
import { type Requested, requestAction } from '@/lib/server/failed-items/request-action';
import { itemsSettled } from '@/lib/server/failed-items/settle/settle-items';
import { newRequestId } from '@/lib/server/request-id';
import { isFinal, type TargetOutcome, type TargetResult } from '@/lib/shared/batch';
import type { ActionPlan, FailedItemFilter } from '@/lib/shared/failed-item';
import { failedItemFilterSchema } from '@/lib/shared/failed-item';
import type { Actor } from '@/lib/shared/session';
import { batchOf, type StoredBatch } from '@/tests/support/batches';
import { OPS } from '@/tests/support/failed-items';

export const OPS_ACTOR: Actor = { ...OPS, email: 'olga@example.edu', courseIds: [] };

/** All failed rows of a batch, as a filter. */
export const rowsOf = ({ batchId }: Pick<StoredBatch, 'batchId'>): FailedItemFilter =>
  failedItemFilterSchema.parse({ batchId });

const ask = (action: ItemAction, requested: Partial<Requested>) =>
  requestAction(
    action,
    { dryRun: false, itemsPerSecond: 1000, reason: 'DynamoDB is back', ...requested },
    { actor: OPS_ACTOR, requestId: newRequestId() },
  );

/** Asks for an action that must become a batch, and answers its id. */
export async function requestBatch(action: ItemAction, requested: Partial<Requested>): Promise<string> {
  const answer = await ask(action, requested);
  if (answer.kind !== 'batch') throw new Error(`became ${answer.kind} instead of a batch`);
  return answer.batchId;
}

/** Asks for an action that must happen at once. */
export async function requestNow(action: ItemAction, requested: Partial<Requested>) {
  const answer = await ask(action, requested);
  if (answer.kind !== 'outcomes') throw new Error(`became ${answer.kind} instead of outcomes`);
  return answer.outcomes;
}

/** What an action would do. */
export async function planOf(action: ItemAction, requested: Partial<Requested>): Promise<ActionPlan> {
  const answer = await ask(action, { ...requested, dryRun: true });
  if (answer.kind !== 'plan') throw new Error(`became ${answer.kind} instead of a plan`);
  return answer.plan;
}

/** One round of one worker over a batch. */
export const lookAt = (batchId: string) =>
  lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });

/** Rounds of one worker until the batch has ended, however often it is held up. */
export async function lookUntilEnd(batchId: string): Promise<void> {
  for (let round = 0; round < 100; round++) {
    await lookAt(batchId);
    if (isFinal((await batchOf(batchId)).state)) return;
  }
}

/** Resolves when everything that follows from what was done has been counted. */
export async function allCounted(): Promise<void> {
  await itemsSettled();
  await effectsApplied();
}

/** The equation of a bulk batch, and its state. */
export async function bulkNumbersOf(batchId: string) {
  const { state, rows, succeeded, skipped, failed, waiting } = await batchOf(batchId);
  return { state, rows, succeeded, skipped, failed, waiting };
}

/** Every result of a bulk batch, page by page. */
export async function resultsOf(batchId: string, outcome?: TargetOutcome): Promise<TargetResult[]> {
  const results: TargetResult[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor ? { cursor } : {}), ...(outcome ? { outcome } : {}) };
    const page = await listTargetResults(batchId, query, newRequestId());
    results.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return results;
}

/** How many assignments a course has, straight from the index. */
export async function countAssignments(courseId: string): Promise<number> {
  let count = 0;
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await documentClient.send(
      new QueryCommand({
        TableName: env.ASSIGNMENTS_TABLE,
        IndexName: 'byCourse',
        KeyConditionExpression: 'courseId = :courseId',
        ExpressionAttributeValues: { ':courseId': courseId },
        Select: 'COUNT',
        ExclusiveStartKey: startKey,
      }),
    );
    count += page.Count ?? 0;
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return count;
}
