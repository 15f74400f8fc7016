import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { LIST_KEY } from '@/lib/server/batches/batch-item';
import type { Piece } from '@/lib/server/consistency/invariants/invariant';
import { cursorAfter, startKeyOf } from '@/lib/server/consistency/scan-piece';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

/**
 * The next batches, oldest first, so that those which come meanwhile are met at the end.
 * @throws {AppError} what DynamoDB answered
 */
export async function walkBatches(
  { cursor, requestId }: Pick<Piece, 'cursor' | 'requestId'>,
  limit: number,
): Promise<{ batchIds: string[]; cursor: string | null }> {
  const command = new QueryCommand({
    TableName: env.BATCHES_TABLE,
    IndexName: 'byCreation',
    KeyConditionExpression: 'listKey = :list',
    ExpressionAttributeValues: { ':list': LIST_KEY },
    Limit: limit,
    ExclusiveStartKey: startKeyOf(cursor),
  });
  const page = await withRetry(() => documentClient.send(command), {
    operation: 'walkBatches',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  return {
    batchIds: (page.Items ?? []).map(({ batchId }) => String(batchId)),
    cursor: cursorAfter(page.LastEvaluatedKey),
  };
}
