import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import type { Partition } from '@/lib/server/failed-items/find/plan-search';
import { withRetry } from '@/lib/server/retry';
import { failedItemSummarySchema } from '@/lib/shared/failed-item';

type Item = Record<string, unknown>;

type Merging = {
  sortKey: 'timeKey' | 'itemKey';
  /** Both ends belong to it. */
  range: { first: string; last: string };
  order: 'asc' | 'desc';
  /** Items that the first query of a partition asks for; each further one asks for more, up to a limit. */
  firstQuery: number;
  operation: string;
  requestId: string;
};

type Reader = {
  partition: Partition;
  items: Item[];
  at: number;
  perQuery: number;
  startKey: Item | undefined;
  isOver: boolean;
};

const GROWTH = 4;
const MOST_PER_QUERY = 250;

/** What lists show, and not the long payload and attempts that the table itself holds beside it. */
const READ = [...Object.keys(failedItemSummarySchema.shape), 'leasedUntil', 'itemKey', 'timeKey'];

/**
 * The items of several partitions as one list in the order of their sort key. The partitions are queried beside each
 * other, and no further ahead than one query each.
 */
export async function* mergePartitions(partitions: Partition[], merging: Merging): AsyncGenerator<Item> {
  if (merging.range.first > merging.range.last) return;
  const readers: Reader[] = partitions.map((partition) => ({
    ...{ partition, items: [], at: 0, startKey: undefined, isOver: false },
    perQuery: Math.min(merging.firstQuery, MOST_PER_QUERY),
  }));
  for (;;) {
    const empty = readers.filter((reader) => !reader.isOver && reader.at >= reader.items.length);
    if (empty.length > 0) await Promise.all(empty.map((reader) => readOn(reader, merging)));
    const item = takeNext(readers, merging);
    if (!item) return;
    yield item;
  }
}

function takeNext(readers: Reader[], { sortKey, order }: Merging): Item | undefined {
  let next: { reader: Reader; item: Item; position: string } | undefined;
  for (const reader of readers) {
    const item = reader.items[reader.at];
    if (!item) continue;
    const position = String(item[sortKey]);
    const isNext = !next || (order === 'asc' ? position < next.position : position > next.position);
    if (isNext) next = { reader, item, position };
  }
  if (next) next.reader.at++;
  return next?.item;
}

/** Reads until there is an item, or none any more. */
async function readOn(reader: Reader, merging: Merging): Promise<void> {
  const { sortKey, range, order, operation, requestId } = merging;
  const { index, hash, value } = reader.partition;
  reader.items = [];
  reader.at = 0;
  while (reader.items.length === 0 && !reader.isOver) {
    const command = new QueryCommand({
      TableName: env.FAILED_ITEMS_TABLE,
      IndexName: index,
      KeyConditionExpression: '#hash = :hash AND #sort BETWEEN :first AND :last',
      ProjectionExpression: READ.map((_, position) => `#a${position}`).join(', '),
      ExpressionAttributeNames: {
        ...{ '#hash': hash, '#sort': sortKey },
        ...Object.fromEntries(READ.map((name, position) => [`#a${position}`, name])),
      },
      ExpressionAttributeValues: { ':hash': value, ':first': range.first, ':last': range.last },
      ScanIndexForward: order === 'asc',
      Limit: reader.perQuery,
      ExclusiveStartKey: reader.startKey,
    });
    const context = { operation, requestId, maxRetries: env.MAX_RETRIES };
    const page = await withRetry(() => documentClient.send(command), context);
    reader.items = page.Items ?? [];
    reader.startKey = page.LastEvaluatedKey;
    reader.isOver = page.LastEvaluatedKey === undefined;
    reader.perQuery = Math.min(GROWTH * reader.perQuery, MOST_PER_QUERY);
  }
}
