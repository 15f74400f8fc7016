import { Table } from 'dynamodb-onetable';
import { Dynamo } from 'dynamodb-onetable/Dynamo';
import { type ContestTable, contestClient, sendInFlight, type Writer } from '@/tests/bench/throttled/writer';

/** OneTable: `create(item, { batch })` and `table.batchWrite(batch)`, which waits 10 ms, 20 ms, 40 ms ... between retries. */
export function withOnetable(world: ContestTable): Writer {
  const table = new Table({
    client: new Dynamo({ client: contestClient(world) }),
    name: world.table,
    schema: {
      format: 'onetable:1.1.0',
      version: '0.0.1',
      indexes: { primary: { hash: 'assignmentId' } },
      models: {
        Assignment: {
          assignmentId: { type: String, required: true },
          courseId: { type: String },
          title: { type: String },
          description: { type: String },
        },
      },
    } as const,
    logger: false,
  });
  const model = table.getModel('Assignment');
  return (items) =>
    sendInFlight(items, async (group) => {
      const batch = {};
      for (const row of group) await model.create(row, { batch, exists: null });
      await table.batchWrite(batch);
      return [];
    });
}
