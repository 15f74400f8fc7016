import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AssignmentItem } from '@/lib/server/assignments/assignment-item';
import { isBreakerOpen } from '@/lib/server/breakers/breaker-refusal';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { recordAmounts, recordEnd, recordThrottle } from '@/lib/server/metrics/record';
import { withSeries } from '@/lib/server/metrics/series-context';
import type { AppError } from '@/lib/shared/app-error';

/**
 * Sends at most 25 assignments in one BatchWriteItem and returns those that DynamoDB left unprocessed. A call refused for
 * its throughput has left all of them.
 * @throws {AppError} where the call failed otherwise; then it is not known what was written
 */
export async function sendBatch(batch: AssignmentItem[], requestId: string): Promise<AssignmentItem[]> {
  const command = new BatchWriteCommand({
    RequestItems: { [env.ASSIGNMENTS_TABLE]: batch.map((Item) => ({ PutRequest: { Item } })) },
  });
  const startedAt = performance.now();
  const end = (outcome: 'success' | AppError['code'], unprocessed: number) => {
    recordEnd('batch_call', { outcome, durationMs: performance.now() - startedAt, requestId });
    recordAmounts('batch_call', { items: batch.length, unprocessed });
  };
  try {
    const { UnprocessedItems } = await withSeries('batch_call', () => documentClient.send(command));
    const left = UnprocessedItems?.[env.ASSIGNMENTS_TABLE] ?? [];
    end('success', left.length);
    if (left.length === 0) return [];
    recordThrottle('batch_call', 'Unprocessed', env.ASSIGNMENTS_TABLE);
    const leftIds = new Set(left.map(({ PutRequest }) => PutRequest?.Item?.assignmentId));
    return batch.filter(({ assignmentId }) => leftIds.has(assignmentId));
  } catch (thrown) {
    const error = classifyError(thrown);
    if (isBreakerOpen(error)) throw error;
    const isRefused = error.code === 'THROTTLING';
    end(error.code, isRefused ? batch.length : 0);
    if (!isRefused) throw error;
    return batch;
  }
}
