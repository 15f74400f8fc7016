import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { isBuildCurrent } from '@/scripts/build-state.mjs';
import { findEngine, freePort, waitForEngine } from '@/scripts/engine.mjs';
import { nextBuildArgs, nextServerArgs } from '@/scripts/next-server.mjs';
import { E2E_AUTH_SECRET, E2E_PORT, FAULT_PROXY_PORT, FAULT_PROXY_URL } from '@/tests/support/e2e-address';
import { startFaultProxy } from '@/tests/support/fault-proxy';

const children: ChildProcess[] = [];

function stop(code: number): never {
  for (const child of children.reverse()) child.kill('SIGTERM');
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(0));

const enginePort = await freePort();
const engine = `http://127.0.0.1:${enginePort}`;
children.push(spawn(findEngine(), ['serve', '--port', String(enginePort)], { stdio: 'ignore' }));
await waitForEngine(engine);

// Short waits: the tests are about what happens after the retries, not about how long they take.
const env = {
  ...process.env,
  AUTH_SECRET: E2E_AUTH_SECRET,
  AUDIT_SIGNING_KEY: generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64'),
  LOG_LEVEL: 'silent',
  MAX_WAIT_TIME: '50',
  RETRY_JITTER: 'off',
  // Checks are begun by the tests that are about them.
  CONSISTENCY_EVERY_HOURS: '0',
};

const loaded = spawnSync(process.execPath, ['scripts/run-ts.mjs', 'scripts/load-demo-data.ts'], {
  stdio: 'inherit',
  env: { ...env, DYNAMODB_ENDPOINT: engine },
});
if (loaded.status !== 0) stop(1);
if (!isBuildCurrent()) {
  const built = spawnSync(process.execPath, nextBuildArgs, { stdio: 'inherit', env });
  if (built.status !== 0) stop(1);
}

await startFaultProxy({ port: FAULT_PROXY_PORT, engine });
const product = spawn(process.execPath, nextServerArgs('start', { port: E2E_PORT }), {
  stdio: 'inherit',
  env: { ...env, DYNAMODB_ENDPOINT: FAULT_PROXY_URL },
});
children.push(product);
product.once('exit', () => stop(1));
