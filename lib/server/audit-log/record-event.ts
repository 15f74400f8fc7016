import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { refuseIfStrict } from '@/lib/server/audit-log/is-audit-refusal';
import { writeEvent } from '@/lib/server/audit-log/write-event';
import { classifyError } from '@/lib/server/classify-error';
import { queryStored } from '@/lib/server/consistency/read-stored';
import { PENDING_EVENTS, runPlace } from '@/lib/server/consistency/run/run-item';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { recordEnd } from '@/lib/server/metrics/record';
import { withRetry } from '@/lib/server/retry';
import { type AuditEvent, auditEventSchema } from '@/lib/shared/audit-event';

/**
 * Records what changed nothing in the tables: an export, a view. Where the audit table refuses, the event is kept and
 * follows; where it cannot even be kept, it is logged in full. Recording the same event again leaves one.
 * @returns whether it is written or kept
 * @throws {AppError} in strict mode, where it could not be written
 */
export async function recordEvent(event: AuditEvent, requestId: string): Promise<boolean> {
  if (env.AUDIT_MODE === 'lenient') return recordOrKeepEvent(event, requestId);
  try {
    const context = { operation: 'recordEvent', requestId, maxRetries: env.MAX_RETRIES };
    await withRetry(() => writeEvent(event, requestId), context);
    return true;
  } catch (thrown) {
    refuseIfStrict(thrown);
    throw thrown;
  }
}

/**
 * Records what must not be hindered by the audit table in any mode: signing in and out. Never throws.
 * @returns whether it is written or kept
 */
export async function recordOrKeepEvent(event: AuditEvent, requestId: string): Promise<boolean> {
  const context = { operation: 'recordEvent', requestId };
  try {
    await writeEvent(event, requestId);
    return true;
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    recordEnd('audit', { outcome: code, durationMs: undefined, requestId });
    log.warn('audit table refused, keeping the event', { ...context, code, reason: message });
  }
  try {
    const command = new PutCommand(keptEvent(event).Put);
    await withRetry(() => documentClient.send(command), { ...context, maxRetries: env.MAX_RETRIES });
    return true;
  } catch (thrown) {
    const { code, message, cause } = classifyError(thrown);
    log.error('audit event lost', { ...context, code, reason: message, cause, auditEvent: event });
    return false;
  }
}

/** The write that keeps an event which the audit table has refused, until it takes it. */
export function keptEvent(event: AuditEvent) {
  const { TableName, Key } = runPlace(PENDING_EVENTS, event.eventId);
  return { Put: { TableName, Item: { ...Key, event } } };
}

/**
 * Writes the events that were kept. Their keys follow from themselves, so writing one twice is writing it once.
 * @throws what DynamoDB answered; what is left stays listed
 */
export async function settleKeptEvents(requestId: string): Promise<void> {
  const query = {
    TableName: env.CONSISTENCY_TABLE,
    KeyConditionExpression: 'runId = :pending',
    ExpressionAttributeValues: { ':pending': PENDING_EVENTS },
    ConsistentRead: true,
  };
  for await (const items of queryStored(query, requestId)) {
    for (const { part, event } of items) {
      await writeEvent(auditEventSchema.parse(event), requestId);
      await documentClient.send(new DeleteCommand(runPlace(PENDING_EVENTS, String(part))));
    }
  }
}
