import { Entity } from 'electrodb';
import {
  CALLS_IN_FLIGHT,
  type ContestTable,
  contestClient,
  sendInFlight,
  type Writer,
} from '@/tests/bench/throttled/writer';

/** Items of one `put`: ElectroDB splits them into calls of 25. A refused call loses the answer of the whole `put`. */
const ITEMS_PER_PUT = 25 * CALLS_IN_FLIGHT;

/** ElectroDB: `put(records).go({ concurrent })` on a client with the SDK's defaults; it answers what was unprocessed. */
export function withElectrodb(world: ContestTable): Writer {
  const entity = new Entity(
    {
      model: { entity: 'assignment', version: '1', service: 'desk' },
      attributes: {
        assignmentId: { type: 'string', required: true },
        courseId: { type: 'string' },
        title: { type: 'string' },
        description: { type: 'string' },
      },
      indexes: {
        primary: {
          pk: {
            field: 'assignmentId',
            composite: ['assignmentId'],
            // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is ElectroDB's.
            template: '${assignmentId}',
            casing: 'none',
          },
        },
      },
    },
    { client: contestClient(world), table: world.table },
  );
  return (items) =>
    sendInFlight(
      items,
      async (group) => {
        const { unprocessed } = await entity.put(group).go({ concurrent: CALLS_IN_FLIGHT });
        return unprocessed.map(({ assignmentId }) => assignmentId);
      },
      { groupSize: ITEMS_PER_PUT, inFlight: 1 },
    );
}
