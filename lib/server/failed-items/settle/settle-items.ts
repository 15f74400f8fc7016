import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { writeEvent } from '@/lib/server/audit-log/write-event';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import {
  type FailedItemItem,
  isCountPending,
  itemPlace,
  nextLookAt,
} from '@/lib/server/failed-items/failed-item';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { readItems } from '@/lib/server/failed-items/read-items';
import { settleCounts } from '@/lib/server/failed-items/settle/settle-counts';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { isConditionFailed } from '@/lib/server/stored-item';

/** Settlements of this process that are under way. */
const underWay = processState('settlements', () => new Set<Promise<void>>());

/** Settles items that were just changed; the caller's answer does not wait. What fails is found by the next look. */
export function settleInBackground(ids: string[], requestId: string): void {
  if (ids.length === 0) return;
  const settling = settleIds(ids, requestId).catch((thrown) => {
    const { code, message } = classifyError(thrown);
    log.warn('failed items not settled yet', {
      requestId,
      operation: 'settleItems',
      code,
      reason: message,
    });
  });
  underWay.add(settling);
  settling.finally(() => underWay.delete(settling));
}

/** Resolves when nothing is being settled in this process any more. */
export async function itemsSettled(): Promise<void> {
  await Promise.all(underWay);
}

async function settleIds(ids: string[], requestId: string): Promise<void> {
  const items = await readItems(ids.map(keyOfId), requestId);
  await settleItems([...items.values()], requestId);
}

/**
 * Does what is left of changes of these items: their batches count them as what they are now, and events that the audit
 * table had refused are written. Any number of processes may do it at once.
 * @throws {AppError} what DynamoDB answered; what is left stays listed
 */
export async function settleItems(items: FailedItemItem[], requestId: string): Promise<void> {
  const byChunk = new Map<string, FailedItemItem[]>();
  for (const item of items.filter(isCountPending)) {
    const name = `${item.batchId}#${item.row?.chunk}`;
    byChunk.set(name, [...(byChunk.get(name) ?? []), item]);
  }
  for (const group of byChunk.values()) {
    const [{ batchId = null, row = null } = {}] = group;
    if (batchId !== null && row) {
      await settleCounts({ batchId, chunk: row.chunk, items: group, requestId });
    }
  }
  for (const item of items) if (item.pendingEvents.length > 0) await settleEvents(item, requestId);
}

/** Their keys follow from themselves, so writing one twice is writing it once. */
async function settleEvents(item: FailedItemItem, requestId: string): Promise<void> {
  for (const event of item.pendingEvents) {
    await writeEvent(event, requestId);
  }
  const lookAt = nextLookAt({ ...item, pendingEvents: [] });
  const command = new UpdateCommand({
    ...itemPlace(item),
    UpdateExpression: `${lookAt ? 'SET nextLookAt = :lookAt ' : ''}REMOVE pendingEvents${lookAt ? '' : ', lookShard, nextLookAt'}`,
    // With another version there may be more events, and with another count the next look is another one.
    ConditionExpression: '#version = :version AND counted = :counted AND size(pendingEvents) = :events',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: {
      ':version': item.version,
      ':counted': item.counted,
      ':events': item.pendingEvents.length,
      ...(lookAt ? { ':lookAt': lookAt } : {}),
    },
  });
  try {
    await documentClient.send(command);
  } catch (thrown) {
    if (!isConditionFailed(thrown)) throw thrown;
  }
}
