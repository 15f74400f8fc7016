import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { removeReceivedParts } from '@/lib/server/batches/accept/remove-received-parts';
import { metaKey } from '@/lib/server/batches/batch-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { isConditionFailed } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';

type Failure = { code: string; message: string };

/**
 * Ends a batch whose file was not accepted, says why, and removes what was stored of the file. A batch that is no longer
 * being received stays as it is; where the removal is cut, a worker goes on with it.
 * @throws {AppError} where DynamoDB refused
 */
export async function failReceive(batchId: string, failure: Failure, requestId: string): Promise<void> {
  const now = new Date().toISOString();
  const command = new UpdateCommand({
    ...metaKey(batchId),
    UpdateExpression:
      'SET #state = :failed, failure = :failure, finishedAt = :now, updatedAt = :now, #rows = :zero, ' +
      'rejected = :zero, waiting = :zero',
    ConditionExpression: '#state = :receiving',
    ExpressionAttributeNames: { '#state': 'state', '#rows': 'rows' },
    ExpressionAttributeValues: {
      ':failed': 'failed_to_receive',
      ':receiving': 'receiving',
      ':failure': failure,
      ':now': now,
      ':zero': 0,
    },
  });
  const context = { operation: 'failReceive', requestId, maxRetries: env.MAX_RETRIES };
  try {
    await withRetry(() => documentClient.send(command), context);
  } catch (thrown) {
    if (isConditionFailed(thrown instanceof AppError ? thrown.cause : thrown)) return;
    throw thrown;
  }
  await removeReceivedParts(batchId, requestId);
}
