import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  SUMMARY_ATTRIBUTES,
  type SummaryItem,
  sortKey,
  toSummary,
} from '@/lib/server/audit-log/read/summary-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';

/** One partition of the audit table or of one of its indexes, in which items are sorted by time. */
export type Partition = {
  index?: 'byResource' | 'byActor' | 'byRequest' | 'byBatch' | 'byError' | 'bySegmentHour';
  value: string;
};

/** The attributes that name partition and order in each index; lanes of the table itself are under `table`. */
const KEYS = {
  table: { hash: 'lane', range: 'eventKey' },
  byResource: { hash: 'resourceKey', range: 'eventKey' },
  byActor: { hash: 'actorMonth', range: 'timeKey' },
  byRequest: { hash: 'requestId', range: 'timeKey' },
  byBatch: { hash: 'batchKey', range: 'timeKey' },
  byError: { hash: 'errorDay', range: 'timeKey' },
  bySegmentHour: { hash: 'segmentHour', range: 'timeKey' },
} as const;

/** Sort keys, both included, and the direction. Behind the last key of an instant sorts `<instant>#~`. */
export type Range = { first: string; last: string; order: 'newest' | 'oldest' };

/** What a page of a partition had: its items in order, and up to which key it was looked at; `end` when there is no more. */
export type PartitionPage = { items: SummaryItem[]; read: number; reached: string | undefined };

/**
 * The next items of a partition, and how to go on: `reached` is undefined at its end.
 * @throws {AppError} what DynamoDB answered
 */
export async function readPartition(
  partition: Partition,
  range: Range,
  { limit, startKey, requestId }: { limit: number; startKey?: Item | undefined; requestId: string },
): Promise<PartitionPage & { startKey: Item | undefined }> {
  const isWhole = partition.index === undefined || partition.index === 'byResource';
  const condition = keyCondition(partition, range);
  const command = new QueryCommand({
    ...condition,
    ...(isWhole ? listed(condition.ExpressionAttributeNames) : {}),
    ScanIndexForward: range.order === 'oldest',
    Limit: limit,
    ExclusiveStartKey: startKey,
  });
  const context = { operation: 'readPartition', requestId, maxRetries: env.MAX_RETRIES };
  const { Items = [], LastEvaluatedKey } = await withRetry(() => documentClient.send(command), context);
  const items = Items.flatMap((item) => toSummary(item) ?? []);
  const last = Items.at(-1);
  return {
    items,
    read: Items.length,
    reached: LastEvaluatedKey && last ? sortKeyOf(last) : undefined,
    startKey: LastEvaluatedKey,
  };
}

type Item = Record<string, unknown>;

function keyCondition(
  { index, value }: Partition,
  { first, last }: Range,
): Pick<
  QueryCommandInput,
  | 'TableName'
  | 'IndexName'
  | 'KeyConditionExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
> {
  const { hash, range } = KEYS[index ?? 'table'];
  return {
    TableName: env.AUDIT_TABLE,
    ...(index ? { IndexName: index } : {}),
    KeyConditionExpression: '#hash = :value AND #range BETWEEN :first AND :last',
    ExpressionAttributeNames: { '#hash': hash, '#range': range },
    ExpressionAttributeValues: { ':value': value, ':first': first, ':last': last },
  };
}

const PROJECTED_NAMES = Object.fromEntries(SUMMARY_ATTRIBUTES.map((name, at) => [`#p${at}`, name]));

/** Lanes and byResource hold whole items: the field diff stays where it is. */
function listed(names: Record<string, string> | undefined) {
  return {
    ProjectionExpression: Object.keys(PROJECTED_NAMES).join(', '),
    ExpressionAttributeNames: { ...names, ...PROJECTED_NAMES },
  };
}

function sortKeyOf({ timeKey, eventKey }: Item): string {
  return sortKey({ eventKey: String(eventKey), ...(typeof timeKey === 'string' ? { timeKey } : {}) });
}
