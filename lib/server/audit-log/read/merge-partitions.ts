import { type Partition, type Range, readPartition } from '@/lib/server/audit-log/read/partition';
import { type SummaryItem, sortKey } from '@/lib/server/audit-log/read/summary-item';

/** How much may still be read for one answer. */
export type Budget = { read: number; mostRead: number; endsAt: number };

/** An answer may read this much; then it ends with a cursor instead of timing out. */
export function newBudget(mostRead = 2000, mostMs = 300): Budget {
  return { read: 0, mostRead, endsAt: performance.now() + mostMs };
}

/** For walks that read to the end. */
export function unlimited(): Budget {
  return { read: 0, mostRead: Number.POSITIVE_INFINITY, endsAt: Number.POSITIVE_INFINITY };
}

/** Whether nothing more may be read. */
export function isSpent({ read, mostRead, endsAt }: Budget): boolean {
  return read >= mostRead || performance.now() >= endsAt;
}

type Stream = {
  partition: Partition | undefined;
  items: SummaryItem[];
  startKey: Record<string, unknown> | undefined;
  /** Up to which key it was looked at; undefined before the first look. */
  reached: string | undefined;
  isAtEnd: boolean;
};

type Merging = {
  range: Range;
  budget: Budget;
  keep: (item: SummaryItem) => boolean;
  /** Items that a query asks for at a time. */
  perQuery: number;
  requestId: string;
};

/** The budget was spent: everything up to this key has been yielded. */
export type Stopped = { stoppedAt: string };

/**
 * The items of several partitions in one order, those that `keep` takes. Partitions are read side by side, and only as far as is
 * needed. A spent budget ends it with the key up to which nothing is missing; at least one round of queries is always made.
 * @param extra items that lie elsewhere, in order
 * @throws {AppError} what DynamoDB answered
 */
export async function* mergePartitions(
  partitions: Partition[],
  merging: Merging,
  extra: SummaryItem[] = [],
): AsyncGenerator<SummaryItem, Stopped | undefined> {
  const { order } = merging.range;
  const streams = newStreams(partitions, extra.filter(merging.keep));
  for (;;) {
    const dry = streams.filter(isDry);
    if (dry.length === 0) {
      const next = takeFirst(streams, order);
      if (!next) return undefined;
      yield next;
    } else if (dry.every(({ reached }) => reached !== undefined) && isSpent(merging.budget)) {
      return yield* drain(streams, order);
    } else {
      await Promise.all(dry.map((stream) => fill(stream, merging)));
    }
  }
}

function newStreams(partitions: Partition[], extra: SummaryItem[]): Stream[] {
  const fresh = { startKey: undefined, reached: undefined };
  return [
    ...partitions.map((partition) => ({ partition, items: [], ...fresh, isAtEnd: false })),
    ...(extra.length > 0 ? [{ partition: undefined, items: extra, ...fresh, isAtEnd: true }] : []),
  ];
}

const isDry = ({ items, isAtEnd }: Stream) => items.length === 0 && !isAtEnd;

/** What has been read and lies before the first key that somebody has not looked at: a stream may run dry on the way. */
function* drain(streams: Stream[], order: Range['order']): Generator<SummaryItem, Stopped | undefined> {
  for (;;) {
    const stoppedAt = earliest(streams, order);
    if (stoppedAt === undefined) return undefined;
    const next = firstOf(streams, order)?.items[0];
    if (!next || isBefore(stoppedAt, sortKey(next), order)) return { stoppedAt };
    takeFirst(streams, order);
    yield next;
  }
}

async function fill(stream: Stream, { range, budget, keep, perQuery, requestId }: Merging): Promise<void> {
  if (!stream.partition) return;
  const page = await readPartition(stream.partition, range, {
    limit: perQuery,
    startKey: stream.startKey,
    requestId,
  });
  budget.read += page.read;
  stream.items = page.items.filter(keep);
  stream.startKey = page.startKey;
  stream.isAtEnd = page.startKey === undefined;
  stream.reached = page.reached ?? stream.reached;
}

/** The key up to which every partition has been looked at, while some are dry and not at their end. */
function earliest(streams: Stream[], order: Range['order']): string | undefined {
  return streams
    .filter(isDry)
    .flatMap(({ reached }) => reached ?? [])
    .reduce<string | undefined>(
      (first, key) => (first === undefined || isBefore(key, first, order) ? key : first),
      undefined,
    );
}

function takeFirst(streams: Stream[], order: Range['order']): SummaryItem | undefined {
  return firstOf(streams, order)?.items.shift();
}

function firstOf(streams: Stream[], order: Range['order']): Stream | undefined {
  let first: Stream | undefined;
  for (const stream of streams) {
    const [item] = stream.items;
    const [best] = first?.items ?? [];
    if (item && (!best || isBefore(sortKey(item), sortKey(best), order))) first = stream;
  }
  return first;
}

/** Whether a key comes before another in this order. */
export function isBefore(a: string, b: string, order: Range['order']): boolean {
  return order === 'oldest' ? a < b : a > b;
}
