import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { fillEngine } from '@/tests/bench/batch-product';
import { startEngine } from '@/tests/bench/engine';

/** What all contests of a run share. */
export type World = {
  engine: string;
  keepsWritesIn: 'engine' | 'ledger';
  /** How many seconds of unused capacity the table keeps. */
  burstSeconds: number;
};

export async function startWorld(options: Omit<World, 'engine'>): Promise<World & { stop: () => void }> {
  const { endpoint, stop } = await startEngine();
  fillEngine(endpoint);
  return { ...options, engine: endpoint, stop };
}

/** A metrics table of its own for each contest: what one has learned of the table, the next does not know. */
export async function newMetricsTable({ engine }: World): Promise<string> {
  const TableName = `Contest-${randomUUID()}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine, region: 'local', credentials });
  const keys = ['lane', 'itemKey'];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    }),
  );
  client.destroy();
  return TableName;
}
