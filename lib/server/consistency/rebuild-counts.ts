import { repairDifferences } from '@/lib/server/consistency/repair/repair-differences';
import { runCheck } from '@/lib/server/consistency/run-check';
import type { RepairOutcome } from '@/lib/shared/consistency';
import type { Author } from '@/lib/shared/session';

const COUNTS = ['course-counts', 'instructor-counts'] as const;

export type RebuiltCounts = {
  invariant: (typeof COUNTS)[number];
  /** Courses or people that were counted anew from the assignments. */
  counted: number;
  /** Those whose count was not that number, and what came of each. */
  outcomes: RepairOutcome[];
};

/**
 * Builds the counts of courses and people anew from the assignments, while the product may run: a count is replaced only while it
 * is what was seen, so that what is created meanwhile is never lost from it.
 * @throws {AppError} what DynamoDB answered
 */
export async function rebuildCounts(
  author: Author & { name: string },
  requestId: string,
): Promise<RebuiltCounts[]> {
  const { run, invariants } = await runCheck({ trigger: 'command', startedBy: author }, requestId);
  const rebuilt: RebuiltCounts[] = [];
  for (const invariant of COUNTS) {
    const outcomes: RepairOutcome[] = [];
    for (let isMore = true; isMore; ) {
      const request = { invariant, dryRun: false };
      const answer = await repairDifferences(run.runId, request, { author, requestId });
      outcomes.push(...answer.outcomes);
      // What was not repaired stays open and would come again first.
      isMore = answer.left > 0 && answer.outcomes.every(({ outcome }) => outcome === 'repaired');
    }
    const counted = invariants.find(({ invariant: name }) => name === invariant)?.checked ?? 0;
    rebuilt.push({ invariant, counted, outcomes });
  }
  return rebuilt;
}
