// Load on the demo, through a proxy that can refuse writes: node scripts/run-ts.mjs scripts/demo-load.ts --port 4100
// --product http://127.0.0.1:3000 --seconds 60 [--check]. `npm run demo -- --with-load 60` starts it.
import { parseArgs } from 'node:util';
import { checkLoad, type Finding } from '@/lib/server/demo/load/check-load';
import { signInAtDemo } from '@/lib/server/demo/load/demo-client';
import { countedSince } from '@/lib/server/demo/load/numbers';
import { runLoad } from '@/lib/server/demo/load/run-load';
import { requireLocalEngine } from '@/lib/server/demo/require-local-engine';
import { startThrottlingProxy } from '@/lib/server/demo/throttling-proxy';
import { env } from '@/lib/server/env';

/** More than this machine writes, so that only the stretch in the middle is refused. */
const UNITS_PER_SECOND = 2000;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    product: { type: 'string', default: 'http://127.0.0.1:3000' },
    seconds: { type: 'string', default: '60' },
    check: { type: 'boolean', default: false },
  },
});

requireLocalEngine();
const table = env.ASSIGNMENTS_TABLE;
const proxy = await startThrottlingProxy({
  ...{ engine: env.DYNAMODB_ENDPOINT, tables: [{ name: table, hash: 'assignmentId' }] },
  ...{ port: Number(values.port), unitsPerSecond: UNITS_PER_SECOND, burstUnits: UNITS_PER_SECOND },
});

await productAnswers();
const isRight = await loadAndCheck();
if (values.check) process.exit(isRight ? 0 : 1);
say('The product goes on running. Look at /metrics; stop with Ctrl-C.');

async function loadAndCheck(): Promise<boolean> {
  const seconds = Number(values.seconds);
  const url = values.product;
  const from = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
  const [admin, ...instructors] = await Promise.all(
    ['admin', 'instructor', 'instructor2'].map((name) => signInAtDemo(url, `${name}@example.edu`)),
  );
  if (!admin) return false;
  const before = await countedSince(admin, from);
  say(`Load for ${seconds} s: forms of two instructors, edits, lists and a batch of 3,000 rows`);
  const refuseAll = (isClosed: boolean) => proxy.change({ isClosed });
  const load = await runLoad({ seconds, people: { instructors, admin }, refuseAll, say });
  const findings = await checkLoad({ client: admin, load, before, from, say });
  print(findings);
  return findings.every((finding) => finding.isRight);
}

function print(findings: Finding[]): void {
  const width = (pick: (finding: Finding) => string) =>
    Math.max(...findings.map((finding) => pick(finding).length));
  const [what, expected] = [width((finding) => finding.what), width((finding) => finding.expected)];
  console.log(`\n  ${'what'.padEnd(what)}  ${'generator'.padEnd(expected)}  product`);
  for (const finding of findings) {
    const { isRight: isOk, found } = finding;
    console.log(
      `${isOk ? '✓' : '✗'} ${finding.what.padEnd(what)}  ${finding.expected.padEnd(expected)}  ${found}`,
    );
  }
  const wrong = findings.filter((finding) => !finding.isRight).length;
  console.log(wrong === 0 ? '\nAll equal.' : `\n${wrong} not as it should be.`);
}

async function productAnswers(): Promise<void> {
  for (;;) {
    try {
      if ((await fetch(`${values.product}/api/health`)).ok) return;
    } catch {
      // It is still starting.
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
}
