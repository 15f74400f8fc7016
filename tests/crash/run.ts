import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isBuildCurrent } from '@/scripts/build-state.mjs';
import { nextBuildArgs } from '@/scripts/next-server.mjs';
import { startProcesses } from '@/tests/crash/processes';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    /** A file for the counts, as JSON. */
    report: { type: 'string' },
  },
});

if (!isBuildCurrent()) {
  console.log('Building the product first.');
  const { status } = spawnSync(process.execPath, nextBuildArgs, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

const processes = await startProcesses();
let failed = 1;
process.on('exit', () => {
  processes.stop(failed > 0);
  if (failed > 0) console.log(`Logs and database: ${processes.folder}`);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

// The environment is read on import, so what talks to the tables comes after the engine.
const { playRounds } = await import('@/tests/crash/play-rounds');
const rounds = Number(values.rounds);
const counts = await playRounds({ rounds, seed: Number(values.seed), processes });
failed = counts.failed;
if (values.report) writeFileSync(values.report, JSON.stringify(counts));
process.exit(failed > 0 ? 1 : 0);
