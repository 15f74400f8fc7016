import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { metaKey } from '@/lib/server/batches/batch-item';
import { documentClient } from '@/lib/server/dynamodb';
import { log } from '@/lib/server/log';
import type { AppError } from '@/lib/shared/app-error';

/** Shows on the batch what keeps it from going on, since when. Never throws: the batch tries again in any case. */
export async function noteProblem(
  batchId: string,
  { code, message, cause }: AppError,
  requestId: string,
): Promise<void> {
  log.warn('batch held up, trying again', {
    requestId,
    operation: 'lookAfterBatch',
    batchId,
    code,
    reason: message,
    cause,
  });
  const command = new UpdateCommand({
    ...metaKey(batchId),
    UpdateExpression: 'SET problem = :problem',
    // The same problem keeps the time at which it began.
    ConditionExpression:
      'attribute_exists(batchId) AND (NOT attribute_exists(problem.code) OR problem.code <> :code)',
    ExpressionAttributeValues: {
      ':problem': { code, message, since: new Date().toISOString() },
      ':code': code,
    },
  });
  await documentClient.send(command).catch(() => undefined);
}
