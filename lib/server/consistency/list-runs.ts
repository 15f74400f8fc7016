import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '@/lib/server/batch-get';
import { META, RUNS, toCheckRun } from '@/lib/server/consistency/run/run-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { CheckRun } from '@/lib/shared/consistency';

/** Runs that the page lists. */
const MOST = 20;

/**
 * The latest checks, newest first.
 * @throws {AppError} what DynamoDB answered
 */
export async function listRuns(requestId: string): Promise<CheckRun[]> {
  const command = new QueryCommand({
    TableName: env.CONSISTENCY_TABLE,
    KeyConditionExpression: 'runId = :runs',
    ExpressionAttributeValues: { ':runs': RUNS },
    ScanIndexForward: false,
    Limit: MOST,
    ConsistentRead: true,
  });
  const options = { operation: 'listRuns', requestId };
  const { Items = [] } = await withRetry(() => documentClient.send(command), {
    ...options,
    maxRetries: env.MAX_RETRIES,
  });
  if (Items.length === 0) return [];
  const keys = Items.map(({ listedRunId }) => ({ runId: String(listedRunId), part: META }));
  const runs = (await batchGet(env.CONSISTENCY_TABLE, keys, options)).map(toCheckRun);
  return runs.sort((first, second) => second.createdAt.localeCompare(first.createdAt));
}
