import * as z from 'zod';
import { env } from '@/lib/server/env';
import { type FailedItemKey, SHARDS, shardOf } from '@/lib/server/failed-items/failed-item-key';
import { newAssignmentSchema } from '@/lib/shared/assignment';
import { failedItemEventSchema } from '@/lib/shared/audit-event';
import {
  type FailedItem,
  type FailedItemState,
  type FailedItemSummary,
  failedItemSchema,
  failedItemSummarySchema,
  isUnresolved,
} from '@/lib/shared/failed-item';

/** What a batch has counted a failed row of its as. */
const COUNTED = ['failed', 'created', 'rejected'] as const;

export type Counted = (typeof COUNTED)[number];

/** What the table holds of a failed item besides what the API shows. */
export const failedItemItemSchema = failedItemSchema.extend({
  origin: z.string(),
  itemKey: z.string(),
  // A payload was parsed before it was stored; only its title may be older than today's rules.
  payload: newAssignmentSchema.nullable(),
  /** Names the intended write, so that it recognises itself however often it is sent. */
  writeToken: z.string(),
  /** Whether the write may take another ID where its own is taken. */
  mayTakeNewId: z.boolean(),
  /** Of a row: its chunk, and the course under which its batch counted it. */
  row: z.object({ chunk: z.int(), courseId: z.string() }).nullable(),
  /** Of a row: what the batch counts it as so far. */
  counted: z.enum(COUNTED).nullable(),
  /** Names the claim of the process that retries it. */
  leaseToken: z.string().optional(),
  leasedUntil: z.string().optional(),
  /** Which claim brought it to its end, so that a lost answer is recognised. */
  resolvedBy: z.string().optional(),
  /** The batch that acted on it last. */
  lastBulkId: z.string().nullable().default(null),
  /** Events that the audit table has refused so far. */
  pendingEvents: z.array(failedItemEventSchema).default([]),
});

export type FailedItemItem = z.infer<typeof failedItemItemSchema>;

/** Parses a stored failed item. */
export function toFailedItemItem(item: Record<string, unknown>): FailedItemItem {
  return failedItemItemSchema.parse(item);
}

/** Parses a stored failed item into what the API shows. */
export function toFailedItem(item: Record<string, unknown>): FailedItem {
  return failedItemSchema.parse(item);
}

/** Parses an item of an index into what lists show. */
export function toFailedItemSummary(item: Record<string, unknown>): FailedItemSummary {
  return failedItemSummarySchema.parse(item);
}

/**
 * Where an item is listed. Unresolved items share one bucket, so that an item which is claimed, retried and open again
 * keeps its place: whoever pages through the list meets it once.
 */
const BUCKETS = ['unresolved', 'succeeded', 'discarded'] as const;

export type Bucket = (typeof BUCKETS)[number];

export function bucketOf(state: FailedItemState): Bucket {
  if (state === 'succeeded' || state === 'discarded') return state;
  return 'unresolved';
}

/** The partitions of a bucket in the index of all items. */
export const bucketKeys = (bucket: Bucket) =>
  Array.from({ length: SHARDS }, (_, shard) => `${bucket}#${shard}`);

/** The partitions of a cause in the index of groups, for one bucket. */
export const groupKeys = (fingerprint: string, bucket: Bucket) =>
  Array.from({ length: SHARDS }, (_, shard) => `${fingerprint}#${bucket}#${shard}`);

/** Every value of the partition key of the sparse index of items that a worker must look at, at some time. */
export const LOOK_SHARD_KEYS = Array.from({ length: SHARDS }, (_, shard) => `L#${shard}`);

export const lookShard = (id: string) => `L#${shardOf(id)}`;

/**
 * When a worker must look at an item: at once while its batch counts it as something else or an event is to be written
 * still, when its lease or its snooze ends, and now and then where it may be settled by itself (a form that was sent again,
 * effects, an undo). Undefined where only a person can go on.
 */
export function nextLookAt(item: FailedItemItem): string | undefined {
  if (item.pendingEvents.length > 0 || isCountPending(item)) return item.lastAt;
  if (item.state === 'retrying') return item.leasedUntil;
  if (item.state === 'snoozed') return item.snoozedUntil ?? item.lastAt;
  return item.kind !== 'batch_row' && isUnresolved(item.state) ? item.lastAt : undefined;
}

/**
 * The index keys of an item. The sort key is the time of the first failure, which never changes: paging by it is stable
 * while items are being fixed.
 */
export function indexKeys({
  id,
  state,
  fingerprint,
  firstAt,
}: Pick<FailedItem, 'id' | 'state' | 'fingerprint' | 'firstAt'>) {
  const bucket = bucketOf(state);
  return {
    bucketKey: `${bucket}#${shardOf(id)}`,
    groupKey: `${fingerprint}#${bucket}#${shardOf(id)}`,
    timeKey: `${firstAt}#${id}`,
  };
}

/** Whether the batch of a row counts it as something else than its state says. */
export function isCountPending({
  state,
  counted,
}: Pick<FailedItemItem, 'counted'> & { state: FailedItemState }): boolean {
  return counted !== null && counted !== countedAs(state);
}

/** What the batch of a row should count it as. */
export function countedAs(state: FailedItemState): Counted {
  if (isUnresolved(state)) return 'failed';
  return state === 'succeeded' ? 'created' : 'rejected';
}

/** The table and key of a call about one item. */
export const itemPlace = ({ origin, itemKey }: FailedItemKey) => ({
  TableName: env.FAILED_ITEMS_TABLE,
  Key: { origin, itemKey },
});
