import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { recordEnd } from '@/lib/server/metrics/record';
import { withRetry } from '@/lib/server/retry';
import type { Assignment } from '@/lib/shared/assignment';

/**
 * Writes the CREATE_ASSIGNMENT event of an assignment by itself (S4). Calling it again for the same assignment leaves
 * the one event. Never throws: a failure is logged with the whole event, and the answer says whether it is stored.
 */
export async function createAuditLog(assignment: Assignment, requestId: string): Promise<boolean> {
  const event = creationEvent(assignment);
  try {
    const writes = await eventWrites(event, requestId);
    if (writes.length === 0) return true;
    const put = new TransactWriteCommand({ TransactItems: writes });
    await withRetry(() => documentClient.send(put), {
      operation: 'createAuditLog',
      requestId,
      maxRetries: env.MAX_RETRIES,
    });
    return true;
  } catch (thrown) {
    const { code, message, cause } = classifyError(thrown);
    recordEnd('audit', { outcome: code, durationMs: undefined, requestId });
    log.error('audit event not written', {
      requestId,
      operation: 'createAuditLog',
      code,
      reason: message,
      cause,
      auditEvent: event,
    });
    return false;
  }
}
