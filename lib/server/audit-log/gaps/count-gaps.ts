import { pendingAlone } from '@/lib/server/audit-log/gaps/pending-alone';
import { addPending, NOTHING_PENDING } from '@/lib/server/audit-log/gaps/pending-events';
import { pendingOfAssignments } from '@/lib/server/audit-log/gaps/pending-of-assignments';
import { pendingOfBatches } from '@/lib/server/audit-log/gaps/pending-of-batches';
import { pendingOfFailedItems } from '@/lib/server/audit-log/gaps/pending-of-failed-items';
import { env } from '@/lib/server/env';
import type { AuditGaps } from '@/lib/shared/audit-log';

/**
 * Counts the events that the audit table has not taken yet, wherever they wait. Reads a bounded number of items of the
 * sparse indexes: where more wait, it says so.
 * @throws {AppError} what DynamoDB answered
 */
export async function countGaps(requestId: string): Promise<AuditGaps> {
  const places = await Promise.all([
    pendingOfAssignments(requestId),
    pendingOfBatches(requestId),
    pendingOfFailedItems(requestId),
    pendingAlone(requestId),
  ]);
  const { count, oldest, isAtLeast } = places.reduce(addPending, NOTHING_PENDING);
  return { pending: count, isAtLeast, oldest, mode: env.AUDIT_MODE };
}
