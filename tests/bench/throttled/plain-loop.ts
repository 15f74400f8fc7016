import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type ContestTable, contestClient, sendInFlight, type Writer } from '@/tests/bench/throttled/writer';

export type LoopOptions = {
  /** The wait before retry number `retry` (1-based), in milliseconds. */
  delayMs: (retry: number) => number;
  maxRetries: number;
  /** The SDK's own retries, which see refused calls but no unprocessed items. */
  sdk: { maxAttempts: number; retryMode?: 'standard' | 'adaptive' };
};

/** The requirements' delays: 1 s, 2 s, 4 s. */
export const FIXED_DELAYS: LoopOptions = {
  delayMs: (retry) => 1000 * 2 ** (retry - 1),
  maxRetries: 3,
  sdk: { maxAttempts: 1 },
};

const JITTER_BASE_MS = 50;
const JITTER_CAP_MS = 20_000;

/** "Full jitter" of the AWS Architecture Blog ("Exponential Backoff And Jitter", 2015). */
export const FULL_JITTER: LoopOptions = {
  delayMs: (retry) => Math.random() * Math.min(JITTER_CAP_MS, JITTER_BASE_MS * 2 ** (retry - 1)),
  maxRetries: 10,
  sdk: { maxAttempts: 1 },
};

/** A loop around BatchWriteItem as the AWS documentation describes it: what is left of a group is sent again after a wait. */
export function plainLoop(world: ContestTable, { delayMs, maxRetries, sdk }: LoopOptions): Writer {
  const client = DynamoDBDocumentClient.from(contestClient(world, sdk));
  const sendOnce = async (group: Record<string, unknown>[]) => {
    const RequestItems = { [world.table]: group.map((Item) => ({ PutRequest: { Item } })) };
    try {
      const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems }));
      return (UnprocessedItems?.[world.table] ?? []).map(({ PutRequest }) => PutRequest?.Item ?? {});
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'ProvisionedThroughputExceededException') return group;
      throw thrown;
    }
  };
  return (items) =>
    sendInFlight(items, async (group) => {
      let left = await sendOnce(group);
      for (let retry = 1; retry <= maxRetries && left.length > 0; retry++) {
        await new Promise((resolve) => setTimeout(resolve, delayMs(retry)));
        left = await sendOnce(left);
      }
      return left.map(({ assignmentId }) => String(assignmentId));
    });
}
