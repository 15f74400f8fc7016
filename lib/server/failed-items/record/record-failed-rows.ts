import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '@/lib/server/batch-write';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { batchOrigin, rowItemKey } from '@/lib/server/failed-items/failed-item-key';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import type { NewFailedItem } from '@/lib/server/failed-items/record/new-failed-item';
import { withRetry } from '@/lib/server/retry';

type Rows = {
  batchId: string;
  /** The rows that this attempt has decided about. */
  firstRow: number;
  lastRow: number;
  /** Whether an earlier attempt may have recorded other rows. */
  isRedo: boolean;
  requestId: string;
};

/**
 * Makes the failed items of a range of rows exactly these: called before the commit that counts them, so that none is
 * counted and not listed. What an earlier attempt recorded and this one has written is taken off the list.
 * @throws {AppError} where DynamoDB refused; then nothing may be counted yet
 */
export async function recordFailedRows(failed: NewFailedItem[], rows: Rows): Promise<void> {
  const options = { operation: 'recordFailedRows', requestId: rows.requestId };
  const keys = new Set(failed.map(({ itemKey }) => itemKey));
  const stale = rows.isRedo ? (await recordedKeys(rows)).filter((itemKey) => !keys.has(itemKey)) : [];
  const origin = batchOrigin(rows.batchId);
  await batchWrite(
    env.FAILED_ITEMS_TABLE,
    [
      ...failed.map((Item) => ({ PutRequest: { Item } })),
      ...stale.map((itemKey) => ({ DeleteRequest: { Key: { origin, itemKey } } })),
    ],
    options,
  );
  await noteGroups(failed, rows.requestId);
}

async function recordedKeys({ batchId, firstRow, lastRow, requestId }: Rows): Promise<string[]> {
  const command = new QueryCommand({
    TableName: env.FAILED_ITEMS_TABLE,
    KeyConditionExpression: 'origin = :origin AND itemKey BETWEEN :first AND :last',
    ProjectionExpression: 'itemKey',
    ExpressionAttributeValues: {
      ':origin': batchOrigin(batchId),
      ':first': rowItemKey(firstRow),
      ':last': rowItemKey(lastRow),
    },
    ConsistentRead: true,
  });
  const { Items = [] } = await withRetry(() => documentClient.send(command), {
    operation: 'recordFailedRows',
    requestId,
    maxRetries: env.MAX_RETRIES,
  });
  return Items.map(({ itemKey }) => String(itemKey));
}
