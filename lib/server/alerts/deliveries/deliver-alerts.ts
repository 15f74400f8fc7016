import { randomUUID } from 'node:crypto';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { OUTBOX, placeOf, readLane } from '@/lib/server/alerts/alert-item';
import { channelSetting } from '@/lib/server/alerts/deliveries/channels';
import { noteDelivered, noteFailure } from '@/lib/server/alerts/deliveries/note-delivery';
import { type OutboxItem, toOutboxItem } from '@/lib/server/alerts/deliveries/outbox-item';
import { sendMessage } from '@/lib/server/alerts/deliveries/send-message';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { withRetry } from '@/lib/server/retry';
import { refusalAt } from '@/lib/server/stored-item';
import { writeIf } from '@/lib/server/write-if';

/** Longer than any sender takes: by then its process is gone. */
const LEASE_MS = 30_000;

/** The wait after the first failure; it doubles up to the longest. */
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 10 * 60_000;

/** What could not be delivered for so long is news no more. */
const GIVE_UP_MS = 24 * 60 * 60 * 1000;

/**
 * Sends the messages whose time has come, over all channels beside each other. Each is claimed first, and marked as
 * delivered once: one whose process was killed in between is sent again under the same delivery ID.
 * @throws {AppError} what DynamoDB answered
 */
export async function deliverAlerts(requestId: string): Promise<void> {
  const now = new Date().toISOString();
  const waiting = (await readLane(OUTBOX, requestId)).map(toOutboxItem);
  const due = waiting.filter(({ channel, nextAt }) => nextAt <= now && channelSetting(channel).isConfigured);
  await Promise.all(due.map((item) => deliver(item, requestId)));
}

async function deliver(item: OutboxItem, requestId: string): Promise<void> {
  const token = randomUUID();
  if (!(await claim(item, token, requestId))) return;
  const failure = await sendMessage(item.channel, item.message);
  const sent = { item, token, requestId };
  await (failure === null ? afterSuccess(sent) : afterFailure(sent, failure));
}

function claim({ itemKey, nextAt }: OutboxItem, token: string, requestId: string): Promise<boolean> {
  const command = new UpdateCommand({
    ...placeOf(OUTBOX, itemKey),
    UpdateExpression: 'SET nextAt = :until, leaseToken = :token, attempts = attempts + :one',
    ConditionExpression: 'nextAt = :read',
    ExpressionAttributeValues: {
      ':until': new Date(Date.now() + LEASE_MS).toISOString(),
      ':token': token,
      ':one': 1,
      ':read': nextAt,
    },
  });
  return writeIf(() => documentClient.send(command), { operation: 'claimDelivery', requestId });
}

type Sent = { item: OutboxItem; token: string; requestId: string };

async function afterSuccess({ item, ...sent }: Sent): Promise<void> {
  await settle(
    { Delete: { ...placeOf(OUTBOX, item.itemKey), ...ifHeld(sent.token) } },
    noteDelivered(item.channel),
    sent,
  );
}

async function afterFailure({ item, ...sent }: Sent, failure: string): Promise<void> {
  const { channel, createdAt, attempts, message, itemKey } = item;
  const facts = { requestId: sent.requestId, operation: 'deliverAlerts', channel };
  const place = placeOf(OUTBOX, itemKey);
  const noted = noteFailure(channel, failure);
  if (Date.now() - Date.parse(createdAt) >= GIVE_UP_MS) {
    const { deliveryId } = message;
    log.error('alert could not be delivered within a day, given up', {
      ...facts,
      deliveryId,
      reason: failure,
    });
    await settle({ Delete: { ...place, ...ifHeld(sent.token) } }, noted, sent);
    return;
  }
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS);
  log.warn('alert not delivered, trying again', { ...facts, reason: failure, waitMs });
  const nextAt = new Date(Date.now() + waitMs).toISOString();
  const held = ifHeld(sent.token);
  const values = { ...held.ExpressionAttributeValues, ':next': nextAt };
  const update = {
    ...place,
    ...held,
    UpdateExpression: 'SET nextAt = :next',
    ExpressionAttributeValues: values,
  };
  await settle({ Update: update }, noted, sent);
}

const ifHeld = (token: string) => ({
  ConditionExpression: 'leaseToken = :token',
  ExpressionAttributeValues: { ':token': token },
});

/** Where the lease has gone to somebody else, they are the ones who note what came of it. */
async function settle(write: Write, noted: Write, { requestId }: { requestId: string }): Promise<void> {
  const command = new TransactWriteCommand({
    ClientRequestToken: randomUUID(),
    TransactItems: [write, noted],
  });
  try {
    const context = { operation: 'deliverAlerts', requestId, maxRetries: env.MAX_RETRIES };
    await withRetry(() => documentClient.send(command), context);
  } catch (thrown) {
    if (refusalAt(thrown, 0) !== 'ConditionalCheckFailed') throw thrown;
  }
}
