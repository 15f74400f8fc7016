import { createHash } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { endsWithoutEvent, isAuditRefusal, refuseIfStrict } from '@/lib/server/audit-log/is-audit-refusal';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import type { FailedItemItem } from '@/lib/server/failed-items/failed-item';
import {
  changedItem,
  type Expected,
  type ItemChange,
  itemUpdate,
} from '@/lib/server/failed-items/item-update';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import type { FailedItemEvent } from '@/lib/shared/audit-event';

/** Writes that happen with the change of the item: `pending` are those to send where the audit table refuses. */
export type Beside = { usual: Write[]; events: Write[]; pending: Write[] };

const NOTHING_BESIDE: Beside = { usual: [], events: [], pending: [] };

type Changing = {
  before: FailedItemItem;
  change: ItemChange;
  expected: Expected;
  event: FailedItemEvent;
  requestId: string;
  /** Tells one intended transaction from the next of the same action. */
  token?: string;
  beside?: Beside;
};

/** The place of the item in the transaction, and of the first write beside it. */
export const ITEM_AT = 0;
export const BESIDE_AT = 1;

/**
 * Changes a failed item together with its audit event, in one transaction with what must happen beside it. Where the audit
 * table refuses, or may have, the item keeps the event until the table takes it.
 * @returns the item as it is stored then
 * @throws {AppError} CONDITIONAL_FAILED with the stored items where a condition was refused; then nothing has happened
 */
export async function changeItem(changing: Changing): Promise<FailedItemItem> {
  const { before, change, expected, event, requestId, beside = NOTHING_BESIDE } = changing;
  const firstEvent = BESIDE_AT + beside.usual.length;
  const events = [...beside.events, ...(await eventWrites(event, requestId))];
  const isRefusedByAudit = (thrown: unknown) => isAuditRefusal(thrown, firstEvent, events.length);
  const token = `${event.eventId}#${Object.values(expected).join()}#${changing.token ?? ''}`;
  try {
    await send([{ Update: itemUpdate(before, change, expected) }, ...beside.usual, ...events], {
      requestId,
      token,
      isFinal: (thrown) => endsWithoutEvent(thrown, firstEvent, events.length),
    });
    return changedItem(before, change);
  } catch (thrown) {
    if (!isRefusedByAudit(thrown)) throw thrown;
    refuseIfStrict(thrown);
    const { code, message } = classifyError(thrown);
    log.warn('audit table refused, changing the failed item alone', {
      requestId,
      operation: 'changeFailedItem',
      code,
      reason: message,
    });
  }
  await send([{ Update: itemUpdate(before, change, expected, event) }, ...beside.pending], {
    requestId,
    token: `${token}#pending`,
  });
  const after = changedItem(before, change);
  return { ...after, pendingEvents: [...after.pendingEvents, event] };
}

type Sending = { requestId: string; token: string; isFinal?: (thrown: unknown) => boolean };

async function send(TransactItems: Write[], { requestId, token, isFinal }: Sending): Promise<void> {
  // The same attempt sent again after a lost answer is answered as the first one.
  const ClientRequestToken = createHash('sha256').update(token).digest('hex').slice(0, 36);
  const command = new TransactWriteCommand({ ClientRequestToken, TransactItems });
  await withRetry(() => documentClient.send(command), {
    operation: 'changeFailedItem',
    requestId,
    maxRetries: env.MAX_RETRIES,
    ...(isFinal ? { isFinal } : {}),
  });
}
