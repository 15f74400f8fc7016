import type { AssignmentItem } from '@/lib/server/assignments/assignment-item';
import { sendBatch } from '@/lib/server/batches/send-batch';
import { classifyError } from '@/lib/server/classify-error';
import { env } from '@/lib/server/env';
import type { AppError } from '@/lib/shared/app-error';

/** An assignment whose call failed: it may or may not have been written. */
export type FailedWrite = { assignment: AssignmentItem; error: AppError };

/**
 * Every assignment of a call is in exactly one of the four lists. `sent` counts each time one was sent, `throttled` each
 * time one was refused for throughput.
 */
export type WriteReport = {
  written: AssignmentItem[];
  failed: FailedWrite[];
  unprocessed: AssignmentItem[];
  unsent: AssignmentItem[];
  sent: number;
  throttled: number;
};

/** A report of nothing, with what is still to be sent. */
export const newReport = (unprocessed: AssignmentItem[] = []): WriteReport => ({
  written: [],
  failed: [],
  unprocessed,
  unsent: [],
  sent: 0,
  throttled: 0,
});

/** Sends assignments once, 25 a call, many calls at a time; a failing call does not stop the others. */
export async function sendGroups(
  assignments: AssignmentItem[],
  mayGoOn: () => boolean,
): Promise<WriteReport> {
  const report = newReport();
  const groups = Array.from({ length: Math.ceil(assignments.length / env.BATCH_SIZE) }, (_, position) =>
    assignments.slice(position * env.BATCH_SIZE, (position + 1) * env.BATCH_SIZE),
  );
  await Promise.all(groups.map((group) => sendGroup(group, mayGoOn, report)));
  return report;
}

async function sendGroup(
  group: AssignmentItem[],
  mayGoOn: () => boolean,
  report: WriteReport,
): Promise<void> {
  try {
    const unprocessed = await sendBatch(group, mayGoOn);
    if (unprocessed === 'unsent') {
      report.unsent.push(...group);
      return;
    }
    const left = new Set(unprocessed);
    report.sent += group.length;
    report.throttled += unprocessed.length;
    report.unprocessed.push(...unprocessed);
    report.written.push(...group.filter((assignment) => !left.has(assignment)));
  } catch (thrown) {
    const error = classifyError(thrown);
    report.sent += group.length;
    report.failed.push(...group.map((assignment) => ({ assignment, error })));
  }
}
