import { repairAll, runCheck } from '@/lib/server/consistency/run-check';
import { newRequestId } from '@/lib/server/request-id';
import { type CheckRunDetail, INVARIANT_TEXTS } from '@/lib/shared/consistency';

// Checks the data against the rules of the product: `npm run consistency`, and `-- --repair` to put right what can be.
const COMMAND = { id: 'command-line', role: 'admin', department: '', name: 'Command line' } as const;

const shown = new Intl.NumberFormat('en');

function print({ run, invariants, differences }: CheckRunDetail): void {
  for (const { invariant, checked, differences: count, unsettled } of invariants) {
    const { title, rule } = INVARIANT_TEXTS[invariant];
    const moving = unsettled > 0 ? `, ${shown.format(unsettled)} changing all the time` : '';
    console.log(
      `${title.padEnd(24)}${shown.format(checked).padStart(9)} checked  ${shown.format(count)} ${count === 1 ? 'difference' : 'differences'}${moving}`,
    );
    console.log(`  ${rule}`);
  }
  for (const { invariant, target, expected, found, repair, advice } of differences.items) {
    console.log(`\n${invariant}: ${target}`);
    console.log(`  should be  ${JSON.stringify(expected)}\n  is         ${JSON.stringify(found)}`);
    console.log(`  ${repair ?? advice ?? ''}`);
  }
  const left = run.differences - differences.items.length;
  if (left > 0) console.log(`\n… and ${shown.format(left)} more, on the page of this check: ${run.runId}`);
  console.log(`\n${shown.format(run.differences)} differences`);
}

const isRepairing = process.argv.includes('--repair');
const requestId = newRequestId();
const starter = { trigger: 'command', startedBy: COMMAND } as const;

let check = await runCheck(starter, requestId);
print(check);
if (isRepairing && check.run.differences > 0) {
  console.log('\nRepairing');
  for (const { target, outcome, message } of await repairAll(check.run.runId, COMMAND, requestId)) {
    console.log(`  ${outcome.padEnd(15)}${target}: ${message}`);
  }
  console.log('\nChecking again');
  check = await runCheck(starter, requestId);
  print(check);
}
process.exit(check.run.differences > 0 ? 1 : 0);
