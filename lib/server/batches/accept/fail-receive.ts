import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { removeReceivedParts } from '@/lib/server/batches/accept/remove-received-parts';
import { metaKey } from '@/lib/server/batches/batch-item';
import { documentClient } from '@/lib/server/dynamodb';
import { writeIf } from '@/lib/server/write-if';

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
  const context = { operation: 'failReceive', requestId };
  if (await writeIf(() => documentClient.send(command), context))
    await removeReceivedParts(batchId, requestId);
}
