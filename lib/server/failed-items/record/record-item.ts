import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { type FailedItemItem, toFailedItemItem } from '@/lib/server/failed-items/failed-item';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import type { NewFailedItem } from '@/lib/server/failed-items/record/new-failed-item';
import { noteWrites } from '@/lib/server/failed-items/retry-safety';
import { withRetry } from '@/lib/server/retry';
import { storedItem } from '@/lib/server/stored-item';

/**
 * Lists something that failed, unless it is listed already: the first record stays as it is.
 * @returns the item that is stored
 * @throws {AppError} what DynamoDB answered; then it is not listed
 */
export async function recordItem(item: NewFailedItem, requestId: string): Promise<FailedItemItem> {
  const command = new PutCommand({
    TableName: env.FAILED_ITEMS_TABLE,
    Item: item,
    ConditionExpression: 'attribute_not_exists(origin)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await withRetry(() => documentClient.send(command), {
      operation: 'recordFailedItem',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
  } catch (thrown) {
    const stored = storedItem(thrown);
    if (!stored) throw thrown;
    return toFailedItemItem(stored);
  }
  await noteGroups([item], requestId);
  await noteWrites({ failed: [{ code: item.code, class: item.class }], succeeded: 0 });
  return item;
}
