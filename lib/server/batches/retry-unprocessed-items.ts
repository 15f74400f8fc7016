import type { AssignmentItem } from '@/lib/server/assignments/assignment-item';
import { newReport, sendGroups, type WriteReport } from '@/lib/server/batches/send-groups';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { type Pause, pauseBeforeRetry, retryEnded } from '@/lib/server/retry';
import { AppError } from '@/lib/shared/app-error';

/**
 * Sends what BatchWriteItem left unprocessed again, packed to 25 anew, pausing 1 s, 2 s, 4 s before each retry (S6). A
 * retry that wrote something shows that the table takes writes again, so that counting begins anew.
 * @param maxRetries retries in a row that wrote nothing; each one is logged
 * @param mayGoOn asked before each call; once it says no, the rest stays unsent
 * @returns what was written, what failed with its error, and the items that never went through
 */
export async function retryUnprocessedItems(
  unprocessedItems: AssignmentItem[],
  requestId: string,
  maxRetries = env.MAX_RETRIES,
  mayGoOn: () => boolean = () => true,
): Promise<WriteReport> {
  const report = newReport(unprocessedItems);
  const context = { operation: 'retryUnprocessedItems', requestId, maxRetries, table: env.ASSIGNMENTS_TABLE };
  let pause: Pause | undefined;
  for (let retry = 1; retry <= maxRetries && report.unprocessed.length > 0; retry++) {
    const error = new AppError(
      'THROTTLING',
      `DynamoDB left ${report.unprocessed.length} assignments unprocessed`,
    );
    pause = await pauseBeforeRetry(error, retry, context, pause);
    const round = await sendGroups(report.unprocessed, { mayGoOn, requestId });
    const hasWritten = round.written.length > 0;
    if (round.sent > 0) retryEnded(pause, hasWritten ? 'success' : error);
    report.written.push(...round.written);
    report.failed.push(...round.failed);
    report.unsent.push(...round.unsent);
    report.sent += round.sent;
    report.throttled += round.throttled;
    report.unprocessed = round.unprocessed;
    if (hasWritten) [retry, pause] = [0, undefined];
  }
  if (report.unprocessed.length > 0) {
    log.warn('assignments left unprocessed after all retries', {
      ...context,
      assignments: report.unprocessed.length,
    });
  }
  return report;
}
