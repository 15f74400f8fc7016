import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { itemPlace, toFailedItemSummary } from '@/lib/server/failed-items/failed-item';
import type { FailedItemKey } from '@/lib/server/failed-items/failed-item-key';
import { matchesSearch } from '@/lib/server/failed-items/find/matches-search';
import { mergePartitions } from '@/lib/server/failed-items/find/merge-partitions';
import { planSearch, type SearchPlan } from '@/lib/server/failed-items/find/plan-search';
import type { Search } from '@/lib/server/failed-items/find/search';
import { withRetry } from '@/lib/server/retry';
import type { FailedItemSummary } from '@/lib/shared/failed-item';

type Examining = {
  order: 'asc' | 'desc';
  /** Where an earlier examination ended. */
  after?: string | undefined;
  /** Passes over what failed first later than this. */
  asOf?: string | undefined;
  /** How many items the caller wants at most, so that no more are read than needed. */
  wanted: number;
  operation: string;
  requestId: string;
};

/** An item that was looked at: `match` is undefined where it is not searched for. */
export type Examined = { position: string; match: FailedItemSummary | undefined };

/** Sorts before and after every sort key. */
const FIRST = '!';
const LAST = '\uffff';

const LEAST_PER_QUERY = 5;

/**
 * Looks at the items of a search one by one, by the time of their first failure, or by row where they are those of a batch.
 * That order never changes, so whoever goes on after a position meets no item twice, however many change meanwhile.
 * @throws {AppError} what DynamoDB answered
 */
export async function* examineItems(search: Search, examining: Examining): AsyncGenerator<Examined> {
  const { after, asOf } = examining;
  const plan = planSearch(search);
  const stored = 'key' in plan ? itemAt(plan.key, examining) : itemsOf(plan, search, examining);
  const sortKey = 'key' in plan ? 'itemKey' : plan.sortKey;
  for await (const item of stored) {
    const position = String(item[sortKey]);
    // The range of a query has no open end.
    if (position === after) continue;
    const summary = toFailedItemSummary(item);
    const isSearched = matchesSearch(summary, search) && (asOf === undefined || summary.firstAt <= asOf);
    yield { position, match: isSearched ? summary : undefined };
  }
}

type PartitionPlan = Exclude<SearchPlan, { key: FailedItemKey }>;

function itemsOf({ partitions, sortKey }: PartitionPlan, search: Search, examining: Examining) {
  const { order, asOf, operation, requestId } = examining;
  // Twice its share, because items are not spread evenly.
  const firstQuery = Math.max(LEAST_PER_QUERY, Math.ceil((2 * examining.wanted) / partitions.length));
  const whole = sortKey === 'timeKey' ? timeRange(search, asOf) : { first: FIRST, last: LAST };
  const range = rangeAfter(whole, examining);
  return mergePartitions(partitions, { sortKey, range, order, firstQuery, operation, requestId });
}

type Range = { first: string; last: string };

function timeRange({ from, to }: Search, asOf: string | undefined): Range {
  const latest = [to, asOf].filter((instant) => instant !== undefined).sort()[0];
  return { first: from ?? FIRST, last: latest === undefined ? LAST : `${latest}#${LAST}` };
}

function rangeAfter({ first, last }: Range, { order, after }: Examining): Range {
  if (after === undefined) return { first, last };
  if (order === 'asc') return { first: after > first ? after : first, last };
  return { first, last: after < last ? after : last };
}

async function* itemAt(key: FailedItemKey, { operation, requestId }: Examining) {
  const command = new GetCommand({ ...itemPlace(key), ConsistentRead: true });
  const context = { operation, requestId, maxRetries: env.MAX_RETRIES };
  const { Item } = await withRetry(() => documentClient.send(command), context);
  if (Item) yield Item;
}
