import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { type Seal, sealSchema } from '@/lib/shared/audit-seal';

/** The partition of all seals, by hour: one small item an hour, also the directory of what hours hold. */
export const SEALS_LANE = 'SEALS';

/**
 * The seals of the hours from one to another, both included, oldest first. Hours that are not sealed yet have none.
 * @throws {AppError} what DynamoDB answered
 */
export async function readSeals(fromHour: string, toHour: string, requestId: string): Promise<Seal[]> {
  const seals: Seal[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: env.AUDIT_TABLE,
      KeyConditionExpression: 'lane = :seals AND eventKey BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':seals': SEALS_LANE, ':from': fromHour, ':to': toHour },
      ConsistentRead: true,
      ExclusiveStartKey: startKey,
    });
    const context = { operation: 'readSeals', requestId, maxRetries: env.MAX_RETRIES };
    const { Items = [], LastEvaluatedKey } = await withRetry(() => documentClient.send(command), context);
    seals.push(...Items.map((item) => sealSchema.parse(item.seal)));
    startKey = LastEvaluatedKey;
  } while (startKey);
  return seals;
}

/**
 * The newest seal, or null where nothing is sealed yet.
 * @throws {AppError} what DynamoDB answered
 */
export async function newestSeal(requestId: string): Promise<Seal | null> {
  const command = new QueryCommand({
    TableName: env.AUDIT_TABLE,
    KeyConditionExpression: 'lane = :seals',
    ExpressionAttributeValues: { ':seals': SEALS_LANE },
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: 1,
  });
  const context = { operation: 'newestSeal', requestId, maxRetries: env.MAX_RETRIES };
  const { Items = [] } = await withRetry(() => documentClient.send(command), context);
  return Items[0] ? sealSchema.parse(Items[0].seal) : null;
}
