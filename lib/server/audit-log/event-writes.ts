import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { auditKeyOf, toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { planForWriting } from '@/lib/server/audit-log/lanes/shard-plan';
import { underHold } from '@/lib/server/audit-log/legal-hold/under-hold';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';

/** From so long after its end an hour takes no more events as its own: those are late, and sealed with the hour in which they arrive. */
export const LATE_AFTER_MS = 5 * 60 * 1000;

/** So long after its end an hour is sealed; between the two, writes that were under way arrive. */
export const SEAL_AFTER_MS = 15 * 60 * 1000;

/** The partition that lists what arrived late in this hour. */
export const lateLane = (hour: string) => `L#${hour}`;

/**
 * The writes that put an event into the trail, for a transaction of its change: one put, mostly. An event of an hour that
 * is closed already is put only where it is not yet, names the hour in which it arrived, and is listed there, so that its
 * hour keeps its seal. No writes where such an event is there already. Never throws: where that cannot be seen, the
 * condition of the write decides.
 */
export async function eventWrites(given: AuditEvent, requestId: string): Promise<Write[]> {
  const event = await underHold(given, requestId);
  const plan = await planForWriting(requestId);
  if (!isLate(event.time)) {
    return [{ Put: { TableName: env.AUDIT_TABLE, Item: toAuditItem(event, plan) } }];
  }
  const { lane, eventKey } = auditKeyOf(event, plan);
  if (await isThere({ lane, eventKey }, requestId)) return [];
  const ingestedAt = new Date().toISOString();
  const lateHour = hourOf(ingestedAt);
  return [
    {
      Put: {
        TableName: env.AUDIT_TABLE,
        Item: { ...toAuditItem(event, plan, ingestedAt), lateHour },
        ConditionExpression: 'attribute_not_exists(lane)',
      },
    },
    {
      Put: {
        TableName: env.AUDIT_TABLE,
        Item: {
          lane: lateLane(lateHour),
          eventKey: `${lane}#${eventKey}`,
          late: { lane, eventKey },
          ttl: event.ttl,
        },
      },
    },
  ];
}

/** Whether an event of this instant comes too late for its own hour. */
export function isLate(time: string): boolean {
  return Date.now() >= Date.parse(hourStart(hoursAfter(hourOf(time), 1))) + LATE_AFTER_MS;
}

async function isThere(Key: { lane: string; eventKey: string }, requestId: string): Promise<boolean> {
  const command = new GetCommand({
    TableName: env.AUDIT_TABLE,
    Key,
    ProjectionExpression: 'eventKey',
    ConsistentRead: true,
  });
  try {
    const { Item } = await documentClient.send(command);
    return Item !== undefined;
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('not seen whether a late event is there', {
      requestId,
      operation: 'eventWrites',
      code,
      reason: message,
    });
    return false;
  }
}
