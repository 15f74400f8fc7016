import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { TABLES } from '@/lib/server/tables';

const KEY = 'breaker-probe';

/**
 * Sends a write to a table that changes nothing, because its condition never holds: DynamoDB takes it, and its write unit,
 * like any other. It passes the gate as other writes do, which sees how it ended.
 * @throws what DynamoDB answered; mostly that the condition failed
 */
export async function probeTable(tableName: string): Promise<void> {
  const table = TABLES.find(({ name }) => name === tableName);
  if (!table) return;
  await documentClient.send(
    new PutCommand({
      TableName: tableName,
      Item: { [table.hash]: KEY, ...(table.range ? { [table.range]: KEY } : {}) },
      ConditionExpression: 'attribute_exists(#hash) AND #hash <> :key',
      ExpressionAttributeNames: { '#hash': table.hash },
      ExpressionAttributeValues: { ':key': KEY },
    }),
  );
}
