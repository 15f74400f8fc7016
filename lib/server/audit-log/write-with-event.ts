import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { endsWithoutEvent, isAuditRefusal, refuseIfStrict } from '@/lib/server/audit-log/is-audit-refusal';
import { keptEvent } from '@/lib/server/audit-log/record-event';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import type { AuditEvent } from '@/lib/shared/audit-event';

type Change = { writes: Write[]; event: AuditEvent; operation: string; requestId: string };

/**
 * Makes a change of which no item can carry a pending event, together with its event in one transaction. Where the audit
 * table refuses, or may have, the event is kept aside in the transaction of the change, and follows.
 * @returns whether the event is in the trail already
 * @throws {AppError} where the change was refused, or in strict mode its event; nothing has happened then
 */
export async function writeWithEvent({ writes, event, operation, requestId }: Change): Promise<boolean> {
  const context = { operation, requestId, maxRetries: env.MAX_RETRIES };
  const both = transaction([...writes, ...(await eventWrites(event, requestId))]);
  try {
    await withRetry(() => documentClient.send(both), {
      ...context,
      isFinal: (error) => endsWithoutEvent(error, writes.length),
    });
    return true;
  } catch (thrown) {
    if (!isAuditRefusal(thrown, writes.length)) throw thrown;
    refuseIfStrict(thrown);
    const { code, message } = classifyError(thrown);
    log.warn('audit table refused, keeping the event', { ...context, code, reason: message });
  }
  const alone = transaction([...writes, keptEvent(event)]);
  await withRetry(() => documentClient.send(alone), context);
  return false;
}

/** The token lets DynamoDB answer a transaction whose answer was lost as the first time. */
function transaction(TransactItems: Write[]): TransactWriteCommand {
  return new TransactWriteCommand({ ClientRequestToken: randomUUID(), TransactItems });
}
