import type { AssignmentItem } from '@/lib/server/assignments/assignment-item';
import { retryUnprocessedItems } from '@/lib/server/batches/retry-unprocessed-items';
import { sendGroups, type WriteReport } from '@/lib/server/batches/send-groups';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';

/**
 * Writes any number of assignments, 25 per BatchWriteItem and many calls at a time (S5), as fast as the table takes them;
 * what is left when it takes nothing any more is retried by `retryUnprocessedItems`. BatchWriteItem knows no conditions: it
 * overwrites what has the same ID, so it is only for IDs that nobody can have used. Never throws for a part of the assignments.
 * @param mayGoOn asked before each call; once it says no, the rest stays unsent
 * @returns the report: each assignment is written, failed, unprocessed to the end, or unsent
 */
export async function batchWriteAssignments(
  assignments: AssignmentItem[],
  requestId: string,
  mayGoOn: () => boolean = () => true,
): Promise<WriteReport> {
  const startedAt = performance.now();
  const first = await sendGroups(assignments, { mayGoOn, requestId });
  const again = await retryUnprocessedItems(first.unprocessed, requestId, env.MAX_RETRIES, mayGoOn);
  const report: WriteReport = {
    written: [...first.written, ...again.written],
    failed: [...first.failed, ...again.failed],
    unprocessed: again.unprocessed,
    unsent: [...first.unsent, ...again.unsent],
    sent: first.sent + again.sent,
    throttled: first.throttled + again.throttled,
  };
  log.info('assignments written', {
    requestId,
    operation: 'batchWriteAssignments',
    outcome: report.written.length === assignments.length ? 'success' : 'partial',
    assignments: assignments.length,
    written: report.written.length,
    failed: report.failed.length,
    unprocessed: report.unprocessed.length,
    unsent: report.unsent.length,
    durationMs: Math.round(performance.now() - startedAt),
  });
  return report;
}
