import { repairDifferences } from '@/lib/server/consistency/repair/repair-differences';
import { runCheck } from '@/lib/server/consistency/run-check';
import { newRequestId } from '@/lib/server/request-id';

// Builds the counts of courses and instructors anew from the assignments, while the product runs: `npm run counts:rebuild`.
const AUTHOR = { id: 'command-line', role: 'admin', department: '', name: 'Command line' } as const;
const COUNTS = ['course-counts', 'instructor-counts'] as const;

const requestId = newRequestId();
const { run, invariants } = await runCheck({ trigger: 'command', startedBy: AUTHOR }, requestId);
let failed = 0;
for (const invariant of COUNTS) {
  const checked = invariants.find(({ invariant: name }) => name === invariant)?.checked ?? 0;
  let rebuilt = 0;
  for (let isMore = true; isMore; ) {
    const answer = await repairDifferences(
      run.runId,
      { invariant, dryRun: false },
      { author: AUTHOR, requestId },
    );
    const repaired = answer.outcomes.filter(({ outcome }) => outcome === 'repaired');
    for (const { target, before, after } of repaired) console.log(`${target}: ${before} -> ${after}`);
    rebuilt += repaired.length;
    failed += answer.outcomes.length - repaired.length;
    isMore = answer.left > 0 && repaired.length === answer.outcomes.length;
  }
  console.log(`${invariant}: ${checked} counted from the assignments, ${rebuilt} set anew`);
}
process.exit(failed > 0 ? 1 : 0);
