import { batchWrite } from '@/lib/server/batch-write';
import { env } from '@/lib/server/env';
import { keeper } from '@/lib/server/requests/keep-line';
import { droppedItem, lineItem } from '@/lib/server/requests/line-item';

/**
 * Stores the log lines that this process has kept for the pages of their requests. What the table does not take waits for
 * the next time.
 * @throws {AppError} what DynamoDB answered
 */
export async function storeLines(requestId: string): Promise<void> {
  const lines = keeper.waiting.splice(0);
  const dropped = [...keeper.dropped];
  const items = [
    ...lines.map(lineItem),
    ...dropped.map(([minute, count]) => droppedItem(minute, keeper.process, count)),
  ];
  if (items.length === 0) return;
  try {
    const puts = items.map((Item) => ({ PutRequest: { Item } }));
    await batchWrite(env.METRICS_TABLE, puts, { operation: 'storeLines', requestId });
    // A minute that still runs may drop more: its count is written again then.
    for (const [minute] of dropped) if (minute !== keeper.minute) keeper.dropped.delete(minute);
  } catch (thrown) {
    keeper.waiting.unshift(...lines);
    throw thrown;
  }
}
