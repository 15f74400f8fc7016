import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { ContestItem } from '@/tests/bench/throttled/contest-item';

/** Where contestants write, and how. */
export type ContestTable = { endpoint: string; table: string };

/** What a contestant says of its rows, by their IDs. What is in neither list it does not know, or did not say. */
export type Said = { written: string[]; handedBack: string[] };

export type Writer = (items: ContestItem[]) => Promise<Said>;

const ITEMS_PER_CALL = 25;

/** Calls in flight where a contestant leaves that to its user. */
export const CALLS_IN_FLIGHT = 8;

export function clientConfig({ endpoint }: ContestTable): DynamoDBClientConfig {
  return { endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

/** A client with the SDK's defaults, except for `config`. */
export function contestClient(world: ContestTable, config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({ ...clientConfig(world), ...config });
}

/**
 * Sends items in groups, several at a time. `send` answers the IDs that are not written; where it throws, the whole group
 * counts as handed back.
 */
export async function sendInFlight(
  items: ContestItem[],
  send: (group: ContestItem[]) => Promise<string[]>,
  { groupSize = ITEMS_PER_CALL, inFlight = CALLS_IN_FLIGHT } = {},
): Promise<Said> {
  const said: Said = { written: [], handedBack: [] };
  const groups = Array.from({ length: Math.ceil(items.length / groupSize) }, (_, at) =>
    items.slice(at * groupSize, (at + 1) * groupSize),
  );
  const work = async () => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      const ids = group.map(({ assignmentId }) => assignmentId);
      const left = new Set(await send(group).catch(() => ids));
      said.handedBack.push(...left);
      said.written.push(...ids.filter((id) => !left.has(id)));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return said;
}
