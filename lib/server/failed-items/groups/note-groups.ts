import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { itemPlace } from '@/lib/server/failed-items/failed-item';
import { factsOf, type GroupFacts, MARKS_ORIGIN } from '@/lib/server/failed-items/groups/group-item';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';

/** Nobody waits long for a count: what is not noted now is found by `discoverGroups`. */
const MAX_RETRIES = 1;

/**
 * Has the groups of these items counted again soon: to be called after every change of failed items, and where an item
 * changes its group, with both. One small write per group. Never throws: a count must not keep anybody from acting.
 */
export async function noteGroups(items: readonly GroupFacts[], requestId: string): Promise<void> {
  const byFingerprint = new Map(items.map((item) => [item.fingerprint, item]));
  await Promise.all([...byFingerprint.values()].map((item) => note(item, requestId)));
}

async function note(item: GroupFacts, requestId: string): Promise<void> {
  const context = { operation: 'noteGroups', requestId, maxRetries: MAX_RETRIES };
  const command = new UpdateCommand({
    ...itemPlace({ origin: MARKS_ORIGIN, itemKey: item.fingerprint }),
    UpdateExpression: 'SET #mark = :mark, #facts = :facts',
    ExpressionAttributeNames: { '#mark': 'mark', '#facts': 'facts' },
    ExpressionAttributeValues: {
      ':mark': `${new Date().toISOString()}#${randomUUID()}`,
      ':facts': factsOf(item),
    },
  });
  try {
    await withRetry(() => documentClient.send(command), context);
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('group not noted, it is counted later', {
      ...{ requestId, operation: context.operation, fingerprint: item.fingerprint },
      ...{ code, reason: message },
    });
  }
}
