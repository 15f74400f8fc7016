import { replayAssignments } from '@/lib/server/audit-log/replay/replay-assignments';
import { newRequestId } from '@/lib/server/request-id';

// Folds the audit events of every assignment and compares with what is stored: `npm run audit:replay`.
const shown = new Intl.NumberFormat('en');
const sums = { assignments: 0, events: 0, pending: 0, differing: 0 };

for await (const { assignmentId, events, pending, differences } of replayAssignments(newRequestId())) {
  sums.assignments += 1;
  sums.events += events;
  sums.pending += pending;
  if (differences.length > 0) sums.differing += 1;
  for (const { field, stored, folded } of differences) {
    console.log(`${assignmentId}  ${field}`);
    console.log(`  is           ${JSON.stringify(stored)}\n  events say   ${JSON.stringify(folded)}`);
  }
}
console.log(
  `${shown.format(sums.assignments)} assignments from ${shown.format(sums.events)} events` +
    (sums.pending > 0 ? ` (${shown.format(sums.pending)} still to be written)` : ''),
);
console.log(`${shown.format(sums.differing)} differ from their events`);
process.exit(sums.differing > 0 ? 1 : 0);
