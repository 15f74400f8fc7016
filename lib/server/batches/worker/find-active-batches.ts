import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ACTIVE_KEY } from '@/lib/server/batches/batch-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';

/** More than anybody runs at a time; the oldest come first, so none is left out for good. */
const MOST = 100;

/**
 * The batches that a worker must look after, oldest first, from the sparse index.
 * @throws what DynamoDB answered
 */
export async function findActiveBatches(): Promise<string[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.BATCHES_TABLE,
      IndexName: 'byActivity',
      KeyConditionExpression: 'activeKey = :active',
      ExpressionAttributeValues: { ':active': ACTIVE_KEY },
      Limit: MOST,
    }),
  );
  return Items.map(({ batchId }) => String(batchId));
}
