// Runs every check and ends with one line, "N passed, N failed". A stage that fails does not hide the later ones.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser } from './browser.mjs';

const reports = mkdtempSync(path.join(tmpdir(), 'assignment-desk-test-'));
const env = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** A check without counts of its own is one test. */
const check = (name, args) => ({
  name,
  args,
  count: (isOk) => ({ passed: isOk ? 1 : 0, failed: isOk ? 0 : 1 }),
});

const vitest = (project, options = []) => {
  const report = path.join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name: project,
    args: [bin('vitest'), 'run', '--project', project, ...options, ...reporters],
    count: () => countVitest(report),
  };
};

const STAGES = [
  check('format and lint', [bin('biome'), 'check', '--error-on-warnings', '.']),
  check('route types', [bin('next'), 'typegen']),
  [check('types', [bin('tsc'), '--noEmit']), check('unused code', [bin('knip')]), vitest('unit')],
  // The integration tests wait a lot: more of them than cores beside each other, and the build as well.
  [vitest('integration', ['--maxWorkers=3']), check('build', [bin('next'), 'build'])],
  {
    name: 'kill -9 at random moments',
    args: [
      path.join('scripts', 'run-ts.mjs'),
      path.join('tests', 'crash', 'run.ts'),
      '--rounds',
      '3',
      '--report',
      path.join(reports, 'crash.json'),
    ],
    // Every round is a test.
    count: () => JSON.parse(readFileSync(path.join(reports, 'crash.json'), 'utf8')),
  },
  {
    name: 'browser',
    args: [bin('playwright'), 'test'],
    count: () => countPlaywright(path.join(reports, 'browser.json')),
  },
];

function bin(name) {
  return path.join('node_modules', '.bin', name);
}

function countVitest(report) {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0) };
}

function countPlaywright(report) {
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

async function runStage({ name, args, count }) {
  console.log(`\n── ${name}`);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  const status = await new Promise((resolve) => child.once('exit', resolve));
  try {
    const counts = count(status === 0);
    // A runner that fails without a failed test has failed by itself, for example before the first one.
    return { name, ...(status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 }) };
  } catch {
    return { name, passed: 0, failed: 1 };
  }
}

env.CHROMIUM_PATH = findBrowser();
env.PLAYWRIGHT_JSON_OUTPUT_NAME = path.join(reports, 'browser.json');
const results = [];
for (const stages of STAGES) results.push(...(await Promise.all([stages].flat().map(runStage))));
rmSync(reports, { recursive: true, force: true });

console.log('');
for (const { name, passed, failed } of results)
  console.log(`${failed > 0 ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed`);
const total = (outcome) => results.reduce((sum, result) => sum + result[outcome], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') > 0 ? 1 : 0;
