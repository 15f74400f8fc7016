import { rebuildCounts } from '@/lib/server/consistency/rebuild-counts';
import { newRequestId } from '@/lib/server/request-id';

// Builds the counts of courses and instructors anew from the assignments, while the product runs: `npm run counts:rebuild`.
const AUTHOR = { id: 'command-line', role: 'admin', department: '', name: 'Command line' } as const;

let failed = 0;
for (const { invariant, counted, outcomes } of await rebuildCounts(AUTHOR, newRequestId())) {
  for (const { outcome, target, before, after, message } of outcomes) {
    console.log(`${target}: ${outcome === 'repaired' ? `${before} -> ${after}` : message}`);
  }
  const rebuilt = outcomes.filter(({ outcome }) => outcome === 'repaired').length;
  failed += outcomes.length - rebuilt;
  console.log(`${invariant}: ${counted} counted from the assignments, ${rebuilt} set anew`);
}
process.exit(failed > 0 ? 1 : 0);
