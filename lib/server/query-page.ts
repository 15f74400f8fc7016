import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

type Item = Record<string, unknown>;

type PageOptions = {
  operation: string;
  requestId: string;
  limit: number;
  /** Judges what the query cannot filter. */
  keep?: (item: Item) => boolean;
};

/** How many items one page may look at: a rare match ends in a short page with a cursor instead of a slow answer. */
const MAX_EXAMINED = 2000;
const EXAMINED_PER_QUERY = 200;

/**
 * Collects up to `limit` matching items of a query in key order. The next page starts after `lastItem`: the last one returned, or
 * the key of the last one examined where the search stopped early. It is undefined at the end of the partition.
 */
export async function queryPage(
  query: QueryCommandInput,
  { operation, requestId, limit, keep = () => true }: PageOptions,
): Promise<{ items: Item[]; lastItem: Item | undefined }> {
  // One more than asked for shows that there is a next page.
  const perQuery = query.FilterExpression ? EXAMINED_PER_QUERY : limit + 1;
  const items: Item[] = [];
  let startKey = query.ExclusiveStartKey;
  for (let examined = 0; examined < MAX_EXAMINED; examined += perQuery) {
    const command = new QueryCommand({ ...query, Limit: perQuery, ExclusiveStartKey: startKey });
    const send = () => documentClient.send(command);
    const page = await withRetry(send, { operation, requestId, maxRetries: env.MAX_RETRIES });
    items.push(...(page.Items ?? []).filter(keep));
    if (items.length > limit) return { items: items.slice(0, limit), lastItem: items[limit - 1] };
    startKey = page.LastEvaluatedKey;
    if (!startKey) return { items, lastItem: undefined };
  }
  return { items, lastItem: startKey };
}
