import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findEngine, freePort, waitForEngine } from '@/scripts/engine.mjs';

const require = createRequire(import.meta.url);

export type Product = { url: string; stop: () => void };

/**
 * Starts the built product on an engine of its own with an empty database file, both on loopback. Sets the environment
 * of this process as well, so that modules of `lib/server` imported afterwards work on the same tables.
 */
export async function startProduct(): Promise<Product> {
  const folder = mkdtempSync(path.join(tmpdir(), 'assignment-desk-bench-'));
  const children: ChildProcess[] = [];
  const stop = () => {
    for (const child of children.reverse()) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };

  const [enginePort, port] = [await freePort(), await freePort()];
  const database = path.join(folder, 'bench.db');
  children.push(
    spawn(findEngine(), ['serve', '--port', String(enginePort), '--db-path', database], { stdio: 'ignore' }),
  );
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${enginePort}`,
    AUTH_SECRET: 'a-secret-for-benchmarks-only-0123456789',
    LOG_LEVEL: 'silent',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  await waitForEngine(process.env.DYNAMODB_ENDPOINT ?? '');

  const next = require.resolve('next/dist/bin/next');
  const args = [next, 'start', '-H', '127.0.0.1', '-p', String(port)];
  children.push(
    spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, LOG_LEVEL: 'info' },
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  await waitForEngine(`${url}/api/health`);
  return { url, stop };
}
