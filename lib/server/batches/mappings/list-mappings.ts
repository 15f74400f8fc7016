import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { type SavedMapping, savedMappingSchema } from '@/lib/shared/batch-mapping';

/** The partition of all saved mappings in the table of batches. */
export const MAPPINGS = 'MAPPINGS';

/** How many are offered: people look through a list, not through a catalogue. */
const MAX_LISTED = 200;

/** Lists the mappings that somebody saved, the latest first. */
export async function listMappings(requestId: string): Promise<SavedMapping[]> {
  const command = new QueryCommand({
    TableName: env.BATCHES_TABLE,
    KeyConditionExpression: 'batchId = :mappings',
    ExpressionAttributeValues: { ':mappings': MAPPINGS },
    ScanIndexForward: false,
    Limit: MAX_LISTED,
    ConsistentRead: true,
  });
  const context = { operation: 'listMappings', requestId, maxRetries: env.MAX_RETRIES };
  const { Items = [] } = await withRetry(() => documentClient.send(command), context);
  return Items.map((item) => savedMappingSchema.parse(item));
}
