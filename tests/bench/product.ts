import { spawn } from 'node:child_process';
import { freePort, waitForEngine } from '@/scripts/engine.mjs';
import { nextServerArgs } from '@/scripts/next-server.mjs';
import { startEngine } from '@/tests/bench/engine';

export type Product = { url: string; endpoint: string; pid: number; stop: () => void };

/**
 * Starts the built product on an engine of its own with an empty database file, both on loopback. Sets the environment
 * of this process as well, so that modules of `lib/server` imported afterwards work on the same tables.
 */
export async function startProduct(): Promise<Product> {
  const engine = await startEngine();
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: engine.endpoint,
    AUTH_SECRET: 'a-secret-for-benchmarks-only-0123456789',
    LOG_LEVEL: 'silent',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });

  const port = await freePort();
  const child = spawn(process.execPath, nextServerArgs('start', { port }), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'info' },
  });
  const stop = () => {
    child.kill('SIGKILL');
    engine.stop();
  };
  process.once('exit', stop);
  const url = `http://127.0.0.1:${port}`;
  await waitForEngine(`${url}/api/health`);
  return { url, endpoint: engine.endpoint, pid: child.pid ?? 0, stop };
}
