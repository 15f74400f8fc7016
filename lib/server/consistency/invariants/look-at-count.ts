import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Counter } from '@/lib/server/assignments/counters';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { confirmFindings } from '@/lib/server/consistency/confirm-finding';
import {
  type CountedSet,
  countClosely,
  countedQuery,
} from '@/lib/server/consistency/invariants/count-closely';
import type { Finding, RepairPlan } from '@/lib/server/consistency/invariants/invariant';
import { readStored } from '@/lib/server/consistency/read-stored';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import type { Difference } from '@/lib/shared/consistency';

/** A counter and what it counts. */
export type Count = { counter: Counter; set: CountedSet };

/** Whether the count equals what the index lists, read at one moment: then nothing is to be looked at closely. */
export async function isPlainlyRight(
  { counter, set }: Count,
  requestId: string,
): Promise<{ isRight: boolean; read: number }> {
  const before = await readCount(counter, requestId);
  const listed = await countListed(set, requestId);
  return { isRight: before === listed, read: listed + 1 };
}

async function countListed(set: CountedSet, requestId: string): Promise<number> {
  let listed = 0;
  let startKey: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({ ...countedQuery(set), Select: 'COUNT', ExclusiveStartKey: startKey });
    const page: QueryCommandOutput = await withRetry(() => documentClient.send(command), {
      operation: 'countListed',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
    listed += page.Count ?? 0;
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return listed;
}

/**
 * Compares a counter with its assignments while both may grow. What was counted before the first reading is met, and what is
 * met is counted by the second: so a number between both readings is no difference.
 */
export async function lookAtCount(count: Count, requestId: string): Promise<Finding | 'moving' | undefined> {
  const { counter, set } = count;
  const before = await readCount(counter, requestId);
  if (before === undefined) return undefined;
  const expected = await countClosely(set, requestId);
  const after = await readCount(counter, requestId);
  if (after === undefined || (before <= expected && expected <= after)) return undefined;
  if (before !== after) return 'moving';
  const repair = `Replaces ${before} by ${expected}, while it is still ${before}`;
  return { target: set.id, expected, found: before, repair, advice: null };
}

/** Undefined where the course or person is gone. */
async function readCount(
  { table, key, countAttribute }: Counter,
  requestId: string,
): Promise<number | undefined> {
  const item = await readStored(table, key, requestId);
  return item && Number(item[countAttribute] ?? 0);
}

/**
 * What repairs a count: it is counted again, and replaced only while it is what was seen.
 * @throws {AppError} what DynamoDB answered
 */
export async function planCount(
  count: Count,
  difference: Difference,
  requestId: string,
): Promise<RepairPlan> {
  const { found } = await confirmFindings([() => lookAtCount(count, requestId)]);
  const [now] = found;
  if (!now) return { kind: 'gone', message: 'The count is right by now, or changing at this moment' };
  const off = Number(difference.found) - Number(difference.expected);
  if (Number(now.found) - Number(now.expected) !== off) {
    return { kind: 'changed', message: `It is ${now.found} now, and should be ${now.expected}: check again` };
  }
  const writes = [replaceCount(count.counter, Number(now.found), Number(now.expected))];
  return { kind: 'repair', before: now.found, after: now.expected, writes };
}

function replaceCount({ table, key, countAttribute }: Counter, seen: number, count: number): Write {
  const [keyAttribute = ''] = Object.keys(key);
  return {
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: 'SET #count = :count',
      ConditionExpression: `attribute_exists(#key) AND (#count = :seen${
        seen === 0 ? ' OR attribute_not_exists(#count)' : ''
      })`,
      ExpressionAttributeNames: { '#count': countAttribute, '#key': keyAttribute },
      ExpressionAttributeValues: { ':count': count, ':seen': seen },
    },
  };
}
