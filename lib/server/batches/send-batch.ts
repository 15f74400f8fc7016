import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AssignmentItem } from '@/lib/server/assignments/assignment-item';
import { writeLimiter } from '@/lib/server/batches/write-limiter';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';

/**
 * Sends at most 25 assignments in one BatchWriteItem, when the limiter of the process lets it, and returns those that
 * DynamoDB left unprocessed. A call refused for its throughput has left all of them. Where `mayGoOn` says no at its
 * turn, nothing is sent.
 * @throws {AppError} where the call failed otherwise; then it is not known what was written
 */
export function sendBatch(
  batch: AssignmentItem[],
  mayGoOn: () => boolean,
): Promise<AssignmentItem[] | 'unsent'> {
  return writeLimiter.run<AssignmentItem[] | 'unsent'>(async () => {
    if (!mayGoOn()) return { result: 'unsent', isThrottled: false };
    const result = await send(batch);
    return { result, isThrottled: result.length > 0 };
  });
}

async function send(batch: AssignmentItem[]): Promise<AssignmentItem[]> {
  try {
    const { UnprocessedItems } = await documentClient.send(
      new BatchWriteCommand({
        RequestItems: { [env.ASSIGNMENTS_TABLE]: batch.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
    const left = UnprocessedItems?.[env.ASSIGNMENTS_TABLE] ?? [];
    if (left.length === 0) return [];
    const leftIds = new Set(left.map(({ PutRequest }) => PutRequest?.Item?.assignmentId));
    return batch.filter(({ assignmentId }) => leftIds.has(assignmentId));
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.code === 'THROTTLING') return batch;
    throw error;
  }
}
