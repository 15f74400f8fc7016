// Finds, starts and awaits the embedded DynamoDB engine. Used by the demo, the tests and the benchmarks.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';

const require = createRequire(import.meta.url);
const WAIT_ATTEMPTS = 200;
const WAIT_MS = 50;

/**
 * The path of the engine's binary: the package for this platform, or `dynoxide` on the PATH.
 * @returns {string}
 */
export function findEngine() {
  try {
    const manifest = require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    return path.join(path.dirname(manifest), process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  } catch {
    if (spawnSync('dynoxide', ['--version'], { stdio: 'ignore' }).status === 0) return 'dynoxide';
    throw new Error(
      `There is no embedded DynamoDB engine for ${process.platform}-${process.arch}. Start DynamoDB Local on ` +
        'loopback and set DYNAMODB_ENDPOINT=http://127.0.0.1:8000, or put dynoxide on the PATH.',
    );
  }
}

/**
 * A port of 127.0.0.1 that is free now.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Resolves when the engine answers at `endpoint`, rejects after ten seconds.
 * @param {string} endpoint such as http://127.0.0.1:8000
 */
export async function waitForEngine(endpoint) {
  for (let attempt = 0; attempt < WAIT_ATTEMPTS; attempt++) {
    try {
      await fetch(endpoint);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
  throw new Error(`The DynamoDB engine did not answer at ${endpoint}`);
}
