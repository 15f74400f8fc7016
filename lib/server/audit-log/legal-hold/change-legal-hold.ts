import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { readShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { type HoldItem, holdPlace, readHoldItem } from '@/lib/server/audit-log/legal-hold/hold-item';
import { toLegalHold } from '@/lib/server/audit-log/legal-hold/read-legal-hold';
import { forgetHold, HOLD_KNOWN_MS } from '@/lib/server/audit-log/legal-hold/under-hold';
import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { refusalAt } from '@/lib/server/stored-item';
import { AppError } from '@/lib/shared/app-error';
import { hourOf } from '@/lib/shared/audit-hour';
import type { LegalHold } from '@/lib/shared/audit-log';
import type { Actor } from '@/lib/shared/session';

type Change = { isOn: boolean; reason: string };

/**
 * Places or releases the legal hold, together with its event: both lie in the audit table, so neither is without the
 * other. New events follow within a minute, stored ones as the worker walks through them.
 * @throws {AppError} CONDITIONAL_FAILED where somebody else has just changed it, or it is as asked for already
 */
export async function changeLegalHold(
  { isOn, reason }: Change,
  actor: Actor,
  requestId: string,
): Promise<LegalHold> {
  const before = await readHoldItem(requestId);
  if ((before?.isOn ?? false) === isOn) throw nothingToChange(isOn);
  const { firstHour } = await readShardPlan(requestId);
  const at = new Date().toISOString();
  const after: HoldItem = {
    ...{ isOn, reason, at, firstHour, by: actor.name, nextHour: firstHour, changeId: randomUUID() },
    // Until then a process may have written as before.
    lastHour: hourOf(new Date(Date.now() + 2 * HOLD_KNOWN_MS).toISOString()),
  };
  const event = settingEvent({
    action: isOn ? 'PLACE_LEGAL_HOLD' : 'RELEASE_LEGAL_HOLD',
    name: 'legal-hold',
    changes: { isOn: { before: !isOn, after: isOn } },
    ...{ reason, author: actor, requestId, time: at },
  });
  const put = { TableName: holdPlace.TableName, Item: { ...holdPlace.Key, ...after }, ...unless(before) };
  const command = new TransactWriteCommand({
    ClientRequestToken: after.changeId,
    TransactItems: [{ Put: put }, ...(await eventWrites(event, requestId))],
  });
  try {
    const context = { operation: 'changeLegalHold', requestId, maxRetries: env.MAX_RETRIES };
    await withRetry(() => documentClient.send(command), context);
  } catch (thrown) {
    if (refusalAt(thrown, 0) !== 'ConditionalCheckFailed') throw thrown;
    throw new AppError('CONDITIONAL_FAILED', 'Somebody else has just changed the legal hold: look again');
  }
  forgetHold();
  return toLegalHold(after);
}

/** Nobody has changed it since it was looked at. */
function unless(before: HoldItem | undefined) {
  return before
    ? {
        ConditionExpression: 'changeId = :before',
        ExpressionAttributeValues: { ':before': before.changeId },
      }
    : { ConditionExpression: 'attribute_not_exists(lane)' };
}

function nothingToChange(isOn: boolean): AppError {
  const message = isOn ? 'A legal hold is on already' : 'No legal hold is on';
  return new AppError('CONDITIONAL_FAILED', message);
}
