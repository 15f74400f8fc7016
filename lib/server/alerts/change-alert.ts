import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ALERTS, type AlertItem, historyItem, placeOf, toAlertItem } from '@/lib/server/alerts/alert-item';
import { settingEvent } from '@/lib/server/audit-log/setting-event';
import { writeWithEvent } from '@/lib/server/audit-log/write-with-event';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { withRetry } from '@/lib/server/retry';
import { refusalAt } from '@/lib/server/stored-item';
import { type Alert, type AlertEvent, alertSchema } from '@/lib/shared/alert';
import { AppError } from '@/lib/shared/app-error';
import type { AuditChange, SettingEvent } from '@/lib/shared/audit-event';
import type { Actor } from '@/lib/shared/session';

/** An evaluator may change the same alert meanwhile: then it is looked at again. */
const TRIES = 5;

type Changed = {
  set: Partial<Pick<AlertItem, 'acknowledged' | 'silence'>>;
  sentence: string;
  changes: Record<string, AuditChange>;
  reason?: string;
};

type Deed = {
  ruleId: string;
  action: SettingEvent['action'];
  kind: AlertEvent['kind'];
  /** What it makes of the alert; undefined where that is so already. */
  change: (alert: AlertItem, at: string) => Changed | undefined;
  actor: Actor;
  requestId: string;
};

/**
 * What a person does to an alert, with its entry in the history and its audit event in one transaction.
 * @returns the alert afterwards
 * @throws {AppError} NOT_FOUND where no rule has this name; CONDITIONAL_FAILED where it kept changing; what `change` throws
 */
export async function changeAlert(deed: Deed): Promise<Alert> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await readAlert(deed.ruleId, deed.requestId);
    const at = new Date().toISOString();
    const changed = deed.change(before, at);
    if (!changed) return alertSchema.parse(before);
    const after = { ...before, ...changed.set, version: before.version + 1 };
    if (await write(deed, { before, after, changed, at })) return alertSchema.parse(after);
  }
  throw new AppError('CONDITIONAL_FAILED', 'This alert is changing at this moment: try again');
}

type Change = { before: AlertItem; after: AlertItem; changed: Changed; at: string };

async function write(deed: Deed, { before, after, changed, at }: Change): Promise<boolean> {
  const { ruleId, action, kind, actor, requestId } = deed;
  const { TableName, Key } = placeOf(ALERTS, ruleId);
  const { sentence, changes, reason } = changed;
  const entry = historyItem({ ruleId, title: before.title, kind, at, sentence, by: actor.name });
  const put = {
    ...{ TableName, Item: { ...Key, ...after }, ConditionExpression: 'version = :read' },
    ExpressionAttributeValues: { ':read': before.version },
  };
  const event = settingEvent({
    ...{ action, name: `alert ${ruleId}`, changes, author: actor, requestId, time: at },
    ...(reason === undefined ? {} : { reason }),
  });
  try {
    const writes = [{ Put: put }, { Put: { TableName, Item: entry } }];
    await writeWithEvent({ writes, event, operation: 'changeAlert', requestId });
    return true;
  } catch (thrown) {
    if (refusalAt(thrown, 0) === 'ConditionalCheckFailed') return false;
    throw thrown;
  }
}

async function readAlert(ruleId: string, requestId: string): Promise<AlertItem> {
  const command = new GetCommand({ ...placeOf(ALERTS, ruleId), ConsistentRead: true });
  const context = { operation: 'readAlert', requestId, maxRetries: env.MAX_RETRIES };
  const { Item } = await withRetry(() => documentClient.send(command), context);
  if (!Item) throw new AppError('NOT_FOUND', 'There is no such alert');
  return toAlertItem(Item);
}
