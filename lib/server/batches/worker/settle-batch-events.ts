import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { writeEvent } from '@/lib/server/audit-log/write-event';
import { type BatchItem, isActive, metaKey } from '@/lib/server/batches/batch-item';
import { documentClient } from '@/lib/server/dynamodb';
import { isConditionFailed } from '@/lib/server/stored-item';

/**
 * Writes the events of a batch that the audit table has refused so far, and takes them off the batch. Their keys follow
 * from themselves, so writing one twice is writing it once.
 * @throws what DynamoDB answered; the events then stay on the batch
 */
export async function settleBatchEvents(batch: BatchItem, requestId: string): Promise<void> {
  const { batchId, state, pendingEvents, pendingSegments } = batch;
  if (pendingEvents.length === 0) return;
  for (const event of pendingEvents) {
    await writeEvent(event, requestId);
  }
  try {
    await documentClient.send(
      new UpdateCommand({
        ...metaKey(batchId),
        UpdateExpression: `REMOVE pendingEvents${isActive(state) || pendingSegments > 0 ? '' : ', activeKey'}`,
        // The list only grows until it is removed whole; with another state somebody else looks after the batch.
        ConditionExpression: 'size(pendingEvents) = :events AND #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':events': pendingEvents.length, ':state': state },
      }),
    );
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}
