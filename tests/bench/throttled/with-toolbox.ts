import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  BatchPutRequest,
  BatchWriteCommand,
  Entity,
  executeBatchWrite,
  item,
  string,
  Table,
} from 'dynamodb-toolbox';
import { type ContestTable, contestClient, sendInFlight, type Writer } from '@/tests/bench/throttled/writer';

const MAX_ATTEMPTS = 3;

/** DynamoDB-Toolbox: `executeBatchWrite({ maxAttempts }, ...)`, which sends unprocessed items again at once. */
export function withToolbox(world: ContestTable): Writer {
  const table = new Table({
    documentClient: DynamoDBDocumentClient.from(contestClient(world)),
    name: world.table,
    partitionKey: { name: 'assignmentId', type: 'string' },
  });
  const entity = new Entity({
    name: 'assignment',
    table,
    schema: item({
      assignmentId: string().key(),
      courseId: string(),
      title: string(),
      description: string(),
    }),
  });
  return (items) =>
    sendInFlight(items, async (group) => {
      const requests = group.map((row) => entity.build(BatchPutRequest).item(row));
      const command = table.build(BatchWriteCommand).requests(...requests);
      const { UnprocessedItems } = await executeBatchWrite({ maxAttempts: MAX_ATTEMPTS }, command);
      return (UnprocessedItems?.[world.table] ?? []).map(({ PutRequest }) =>
        String(PutRequest?.Item?.assignmentId),
      );
    });
}
