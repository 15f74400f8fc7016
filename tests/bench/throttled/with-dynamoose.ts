import dynamoose from 'dynamoose';
import { type ContestTable, clientConfig, sendInFlight, type Writer } from '@/tests/bench/throttled/writer';

/** Dynamoose: `Model.batchPut(items)` on a client with the SDK's defaults; it answers what was unprocessed. */
export function withDynamoose(world: ContestTable): Writer {
  const { DynamoDB } = dynamoose.aws.ddb;
  dynamoose.aws.ddb.set(new DynamoDB(clientConfig(world)));
  const schema = new dynamoose.Schema({
    assignmentId: { type: String, hashKey: true },
    courseId: String,
    title: String,
    description: String,
  });
  const model = dynamoose.model('assignment', schema);
  new dynamoose.Table(world.table, [model], { create: false, waitForActive: false });
  return (items) =>
    sendInFlight(items, async (group) => {
      const { unprocessedItems } = await model.batchPut(group);
      return unprocessedItems.map(({ assignmentId }) => String(assignmentId));
    });
}
