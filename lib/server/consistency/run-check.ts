import { readCheck } from '@/lib/server/consistency/read-check';
import { repairDifferences } from '@/lib/server/consistency/repair/repair-differences';
import { readRun } from '@/lib/server/consistency/run/read-run';
import { workOnRun } from '@/lib/server/consistency/run/work-on-run';
import { startCheck } from '@/lib/server/consistency/start-check';
import { AppError } from '@/lib/shared/app-error';
import { type CheckRunDetail, INVARIANTS, type RepairOutcome, type Trigger } from '@/lib/shared/consistency';
import type { Author } from '@/lib/shared/session';

/** Between two looks whether other processes have done their parts. */
const LOOK_EVERY_MS = 200;

type Starter = { trigger: Trigger; startedBy: Author & { name: string } };

/**
 * Checks everything in this process, together with others that work on checks, and resolves when it has ended.
 * @throws {AppError} what DynamoDB answered
 */
export async function runCheck(starter: Starter, requestId: string): Promise<CheckRunDetail> {
  const run = await startCheck(starter, requestId);
  if (!run)
    throw new AppError('CONDITIONAL_FAILED', 'Another check has ended in this moment: start it again');
  while ((await readRun(run.runId, requestId)).state === 'running') {
    const hasEnded = await workOnRun(run.runId, { requestId, mayGoOn: () => true });
    if (!hasEnded) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return readCheck(run.runId, { limit: 100 }, requestId);
}

/**
 * Repairs everything that a check found and that can be repaired.
 * @throws {AppError} what DynamoDB answered
 */
export async function repairAll(runId: string, author: Starter['startedBy'], requestId: string) {
  const outcomes: RepairOutcome[] = [];
  for (const invariant of INVARIANTS) {
    for (let isMore = true; isMore; ) {
      const request = { invariant, dryRun: false };
      const answer = await repairDifferences(runId, request, { author, requestId });
      outcomes.push(...answer.outcomes);
      // What was not repaired stays open and would come again first.
      isMore = answer.left > 0 && answer.outcomes.every(({ outcome }) => outcome === 'repaired');
    }
  }
  return outcomes;
}
