import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { itemPlace } from '@/lib/server/failed-items/failed-item';
import { countGroup } from '@/lib/server/failed-items/groups/count-group';
import {
  GROUPS_ORIGIN,
  type GroupMark,
  MARKS_ORIGIN,
  toGroupMark,
} from '@/lib/server/failed-items/groups/group-item';
import { countOf } from '@/lib/server/failed-items/groups/group-tally';
import { queryOrigin } from '@/lib/server/failed-items/groups/query-origin';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import { isConditionFailed } from '@/lib/server/stored-item';
import type { FailedItemGroup } from '@/lib/shared/failed-item';

/** How long a count is left to the process that began it. */
const LEASE_MS = 60_000;

/** Indexes follow the table a little later: what changed just before a count is counted once more. */
const SETTLE_MS = 2000;

/** Counting takes at most a tenth of the time, however large a group is. */
const REST_SHARE = 10;

/**
 * Counts the groups that were noted since their last count, beside any other process that does the same. A group that does
 * not let itself be counted is tried again in a later round.
 * @throws {AppError} where the marks themselves cannot be read
 */
export async function recountGroups(requestId: string): Promise<void> {
  const marks = await queryOrigin(MARKS_ORIGIN, { operation: 'recountGroups', requestId });
  for (const mark of marks.map(toGroupMark)) {
    try {
      await recount(mark, requestId);
    } catch (thrown) {
      const { code, message } = classifyError(thrown);
      const { fingerprint } = mark.facts;
      log.warn('group not counted, trying again later', {
        ...{ requestId, operation: 'recountGroups', fingerprint, code, reason: message },
      });
    }
  }
}

async function recount(mark: GroupMark, requestId: string): Promise<void> {
  const now = Date.now();
  if ((mark.notBefore ?? '') > instant(now)) return;
  if (!(await claim(mark, now, requestId))) return;
  const group = await countGroup(mark.facts, requestId);
  await store(group, requestId);
  if (mark.mark < instant(now - SETTLE_MS)) await unmark(mark, requestId);
  await rest(mark, (Date.now() - now) * REST_SHARE, requestId);
}

const instant = (epochMs: number) => new Date(epochMs).toISOString();

const placeOf = ({ facts }: GroupMark) => itemPlace({ origin: MARKS_ORIGIN, itemKey: facts.fingerprint });

/** Whether this process may count the group now. */
async function claim(mark: GroupMark, now: number, requestId: string): Promise<boolean> {
  const command = new UpdateCommand({
    ...placeOf(mark),
    UpdateExpression: 'SET notBefore = :until',
    ConditionExpression:
      'attribute_exists(origin) AND (attribute_not_exists(notBefore) OR notBefore <= :now)',
    ExpressionAttributeValues: { ':until': instant(now + LEASE_MS), ':now': instant(now) },
  });
  return sendIf(() => documentClient.send(command), requestId);
}

/** A count that began later than this one stays. */
async function store(group: FailedItemGroup, requestId: string): Promise<void> {
  const { TableName, Key } = itemPlace({ origin: GROUPS_ORIGIN, itemKey: group.fingerprint });
  const condition = {
    ConditionExpression: 'attribute_not_exists(countedAt) OR countedAt < :countedAt',
    ExpressionAttributeValues: { ':countedAt': group.countedAt },
  };
  const isEmpty = countOf(group.counts) === 0;
  await sendIf(
    () =>
      isEmpty
        ? documentClient.send(new DeleteCommand({ TableName, Key, ...condition }))
        : documentClient.send(new PutCommand({ TableName, Item: { ...Key, ...group }, ...condition })),
    requestId,
  );
}

/** Unless somebody has noted the group again since. */
async function unmark(mark: GroupMark, requestId: string): Promise<void> {
  const command = new DeleteCommand({
    ...placeOf(mark),
    ConditionExpression: '#mark = :mark',
    ExpressionAttributeNames: { '#mark': 'mark' },
    ExpressionAttributeValues: { ':mark': mark.mark },
  });
  await sendIf(() => documentClient.send(command), requestId);
}

/** Leaves a group that is to be counted again alone for a while. */
async function rest(mark: GroupMark, restMs: number, requestId: string): Promise<void> {
  const command = new UpdateCommand({
    ...placeOf(mark),
    UpdateExpression: 'SET notBefore = :until',
    ConditionExpression: 'attribute_exists(origin)',
    ExpressionAttributeValues: { ':until': instant(Date.now() + restMs) },
  });
  await sendIf(() => documentClient.send(command), requestId);
}

/** @returns false where the condition of the write did not hold */
async function sendIf(send: () => Promise<unknown>, requestId: string): Promise<boolean> {
  try {
    await withRetry(send, { operation: 'recountGroups', requestId, maxRetries: env.MAX_RETRIES });
    return true;
  } catch (thrown) {
    if (isConditionFailed(classifyError(thrown).cause)) return false;
    throw thrown;
  }
}
