import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { addCounts } from '@/lib/server/metrics/add-counts';
import { noteLateMinute } from '@/lib/server/metrics/late-hour';
import { noteReports } from '@/lib/server/metrics/note-reports';
import { type Report, reportItem } from '@/lib/server/metrics/report';
import { giveUpOldest, takeRecorded, unconfirmedMinutes, unsent } from '@/lib/server/metrics/unsent';
import { processState } from '@/lib/server/process-state';
import { STEP_MS } from '@/lib/shared/metrics';

type Flush = { everyMs: number; isEnding: boolean; requestId: string };

const state = processState('metricsFlush', () => ({ running: Promise.resolve() }));

/**
 * Writes what this process has counted since the last time, and its report. What DynamoDB does not confirm is kept, and sent
 * again as it was. Never throws; flushes go one after the other.
 * @param flush `everyMs` is the time between two flushes, `isEnding` says that this is the last one
 */
export function flushMetrics(flush: Flush): Promise<void> {
  state.running = state.running.then(() => flushOnce(flush));
  return state.running;
}

async function flushOnce({ everyMs, isEnding, requestId }: Flush): Promise<void> {
  const before = await sendAdditions();
  const reportedMs = Date.now();
  const stayed = takeRecorded();
  const givenUp = giveUpOldest();
  if (givenUp > 0) log.warn('metrics given up for want of room', { requestId, givenUp });
  noteReports({ reportedMs, everyMs, isEnding });
  const refusals = [...before, ...(await sendAdditions()), ...(await sendReports(stayed))];
  if (refusals.length === 0) return;
  const { code, message } = classifyError(refusals[0]);
  const fields = { requestId, operation: 'flushMetrics', code, reason: message, refused: refusals.length };
  log.warn('metrics not written, kept for the next time', fields);
}

/** @returns what was thrown at those that stay */
async function sendAdditions(): Promise<unknown[]> {
  return refusalsOf(unsent.additions, async (addition) => {
    await addCounts(addition);
    await noteLateMinute(addition.minuteMs);
  });
}

/** A report waits for what was counted in its minute: it says that all of that has arrived. */
async function sendReports(stayed: Set<number>): Promise<unknown[]> {
  const unconfirmed = new Set([...stayed, ...unconfirmedMinutes()]);
  const ready = new Map([...unsent.reports].filter(([atMs]) => !unconfirmed.has(atMs)));
  const refusals = await refusalsOf(ready, sendReport);
  for (const [atMs, { reportedMs }] of unsent.reports) {
    const isSent = !ready.has(atMs) && !unconfirmed.has(atMs);
    if (isSent && reportedMs >= atMs + STEP_MS.minute) unsent.reports.delete(atMs);
  }
  return refusals;
}

async function sendReport(report: Report): Promise<void> {
  await documentClient.send(
    new PutCommand({ TableName: env.METRICS_TABLE, Item: reportItem(report, 'minute') }),
  );
  await noteLateMinute(report.atMs);
}

/** Sends all beside each other and takes those away that arrived. */
async function refusalsOf<Key, Value>(
  waiting: Map<Key, Value>,
  send: (value: Value) => Promise<void>,
): Promise<unknown[]> {
  const sent = await Promise.allSettled(
    [...waiting].map(async ([key, value]) => {
      await send(value);
      waiting.delete(key);
    }),
  );
  return sent.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}
