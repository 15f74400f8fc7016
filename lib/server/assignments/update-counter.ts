import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Counter, counterUpdate } from '@/lib/server/assignments/counters';
import type { PendingAssignment } from '@/lib/server/assignments/pending-assignment';
import { settleEffects } from '@/lib/server/assignments/settle-effects';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { log } from '@/lib/server/log';
import { storedItem } from '@/lib/server/stored-item';
import type { Effect } from '@/lib/shared/assignment';

type Update = { counter: Counter; effect: Effect; created: PendingAssignment[]; requestId: string };

/** What updating either counter has in common; see there. */
export async function updateCounter({ counter, effect, created, requestId }: Update): Promise<boolean> {
  try {
    if (created.length > 0) await settleEffects(created, [effect], requestId);
    else await addOne(counter);
    return true;
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('counter not updated', {
      requestId,
      operation: 'updateCounter',
      ...counter,
      code,
      reason: message,
    });
    return false;
  }
}

async function addOne(counter: Counter): Promise<void> {
  try {
    await documentClient.send(
      new UpdateCommand(counterUpdate(counter, { count: 1, latest: new Date().toISOString() })),
    );
  } catch (thrown) {
    // The counter exists and holds a later instant: that one stays.
    if (!storedItem(thrown)) throw thrown;
    await documentClient.send(new UpdateCommand(counterUpdate(counter, { count: 1 })));
  }
}
