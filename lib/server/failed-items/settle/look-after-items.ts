import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import {
  type FailedItemItem,
  isCountPending,
  itemPlace,
  LOOK_SHARD_KEYS,
} from '@/lib/server/failed-items/failed-item';
import type { FailedItemKey } from '@/lib/server/failed-items/failed-item-key';
import { noteGroups } from '@/lib/server/failed-items/groups/note-groups';
import type { Asking } from '@/lib/server/failed-items/item-action';
import { type ItemChange, itemUpdate } from '@/lib/server/failed-items/item-update';
import { readItems } from '@/lib/server/failed-items/read-items';
import { claimItem } from '@/lib/server/failed-items/retry/claim-item';
import { endClaim } from '@/lib/server/failed-items/retry/end-claim';
import { findLanded } from '@/lib/server/failed-items/retry/find-landed';
import { readPending } from '@/lib/server/failed-items/retry/retry-effects';
import { endLanded } from '@/lib/server/failed-items/retry/retry-write';
import { settleItems } from '@/lib/server/failed-items/settle/settle-items';
import { log } from '@/lib/server/log';
import { isConditionFailed } from '@/lib/server/stored-item';
import { isUnresolved } from '@/lib/shared/failed-item';

/** Items of one partition that one round looks at, and how long one is left alone where nothing had changed. */
const MOST_AT_A_TIME = 100;
const LEAVE_ALONE_MS = 30_000;

/**
 * Looks after items that only time or others settle: counts and events that are still to follow, leases and snoozes that
 * are over, forms that were sent again, effects and undos that went on by themselves. Any number of processes may do it.
 * @throws {AppError} where the index itself cannot be read
 */
export async function lookAfterItems(requestId: string): Promise<void> {
  const due = (await Promise.all(LOOK_SHARD_KEYS.map(dueKeys))).flat();
  const items = [...(await readItems(due, requestId)).values()];
  const toSettle = items.filter((item) => isCountPending(item) || item.pendingEvents.length > 0);
  await settleItems(toSettle, requestId).catch((thrown) => warn(thrown, requestId));
  const others = items.filter((item) => !toSettle.includes(item));
  for (const item of others) await lookAt(item, requestId).catch((thrown) => warn(thrown, requestId));
  await noteGroups(others, requestId);
}

async function dueKeys(shard: string): Promise<FailedItemKey[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.FAILED_ITEMS_TABLE,
      IndexName: 'byNextLook',
      KeyConditionExpression: 'lookShard = :shard AND nextLookAt <= :now',
      ExpressionAttributeValues: { ':shard': shard, ':now': new Date().toISOString() },
      Limit: MOST_AT_A_TIME,
    }),
  );
  return Items.map(({ origin, itemKey }) => ({ origin: String(origin), itemKey: String(itemKey) }));
}

function warn(thrown: unknown, requestId: string): void {
  const { code, message } = classifyError(thrown);
  log.warn('failed item not settled yet', {
    requestId,
    operation: 'lookAfterItems',
    code,
    reason: message,
  });
}

async function lookAt(item: FailedItemItem, requestId: string): Promise<void> {
  const now = new Date().toISOString();
  if (item.state === 'retrying') {
    if ((item.leasedUntil ?? '') < now) await change(item, cutOff(item, now, requestId));
    return;
  }
  if (item.state === 'snoozed' && (item.snoozedUntil ?? '') <= now) {
    await change(item, { set: { state: 'open', snoozedUntil: null } });
    return;
  }
  const isSettled = isUnresolved(item.state) && (await settleByItself(item, requestId));
  if (!isSettled) await leaveAlone(item);
}

/** Its process vanished. Had its write arrived, the item would have succeeded with it; an earlier one may have. */
function cutOff({ lastBulkId }: FailedItemItem, at: string, requestId: string): ItemChange {
  return {
    set: { state: 'unknown' },
    attempt: {
      ...{ at, requestId, outcome: 'interrupted', code: null, class: null, actor: null, bulkId: lastBulkId },
      message: 'The process that retried it vanished',
    },
    endsClaim: true,
  };
}

/** A change that nobody asked for: nothing happens where somebody was quicker. */
async function change(item: FailedItemItem, itemChange: ItemChange): Promise<void> {
  try {
    await documentClient.send(new UpdateCommand(itemUpdate(item, itemChange, { version: item.version })));
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}

/** What has come right without a retry ends as landed. */
async function settleByItself(item: FailedItemItem, requestId: string): Promise<boolean> {
  if (item.kind === 'batch_row') return false;
  if (item.kind === 'create') {
    const landed = await findLanded(item, requestId);
    return landed !== undefined && (await endAsLanded(item, requestId, landed));
  }
  if (item.kind === 'effects') {
    const pending = item.assignmentId && (await readPending(item.assignmentId, requestId));
    return !(pending && pending.pendingEffects.size > 0) && (await endAsLanded(item, requestId));
  }
  const batch = item.batchId === null ? undefined : await readBatchItem(item.batchId, requestId);
  const goesOn = !batch?.problem || batch.state !== 'running';
  return goesOn && (await endAsLanded(item, requestId));
}

async function endAsLanded(
  item: FailedItemItem,
  requestId: string,
  landed?: Record<string, unknown>,
): Promise<boolean> {
  const claim = await claimItem(item, null, requestId);
  if (!claim) return true;
  const asking: Asking = {
    actor: { ...item.actor, name: 'By itself' },
    ...{ requestId, asOf: new Date().toISOString(), reason: null, bulkId: null },
  };
  if (landed) await endLanded(claim, landed, asking);
  else {
    const message = 'It came right without a retry';
    await endClaim(claim, asking, { outcome: 'landed', assignmentId: item.assignmentId, message });
  }
  return true;
}

async function leaveAlone(item: FailedItemItem): Promise<void> {
  const command = new UpdateCommand({
    ...itemPlace(item),
    UpdateExpression: 'SET nextLookAt = :later',
    ConditionExpression: '#version = :version AND attribute_exists(lookShard)',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: {
      ':version': item.version,
      ':later': new Date(Date.now() + LEAVE_ALONE_MS).toISOString(),
    },
  });
  await documentClient.send(command).catch((thrown) => {
    if (!isConditionFailed(thrown)) throw thrown;
  });
}
