import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findEngine, freePort, waitForEngine } from '@/scripts/engine.mjs';
import { nextServerArgs } from '@/scripts/next-server.mjs';

const SETTINGS = {
  AUTH_SECRET: 'a-secret-for-crash-tests-only-0123456789',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  NEXT_TELEMETRY_DISABLED: '1',
};

/** Names of the product's processes; "B" is the second one of some rounds. */
export type ProcessName = 'A' | 'B';

/** The engine, and the processes of the product that work on it. */
export type Processes = {
  /** Addresses of the processes that live. */
  urls: () => string[];
  urlOf: (name: ProcessName) => string;
  isAlive: (name: ProcessName) => boolean;
  /** Starts a process that does not live and waits until it answers. */
  start: (name: ProcessName) => Promise<void>;
  /** kill -9, and waits until the process is gone. */
  kill: (name: ProcessName) => Promise<void>;
  /** Where the processes write their logs. */
  folder: string;
  stop: (keepLogs: boolean) => void;
};

/**
 * Starts an engine with an empty database file. Sets the environment of this process as well, so that modules of
 * `lib/server` imported afterwards work on the same tables.
 */
export async function startProcesses(): Promise<Processes> {
  const folder = mkdtempSync(path.join(tmpdir(), 'assignment-desk-crash-'));
  const port = await freePort();
  const database = path.join(folder, 'crash.db');
  const engine = spawn(findEngine(), ['serve', '--port', String(port), '--db-path', database], {
    stdio: 'ignore',
  });
  Object.assign(process.env, SETTINGS, {
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'silent',
  });
  await waitForEngine(process.env.DYNAMODB_ENDPOINT ?? '');

  const running = new Map<ProcessName, { child: ChildProcess; url: string }>();
  const stop = (keepLogs: boolean) => {
    for (const { child } of running.values()) child.kill('SIGKILL');
    engine.kill('SIGKILL');
    if (!keepLogs) rmSync(folder, { recursive: true, force: true });
  };
  return {
    urls: () => [...running.values()].map(({ url }) => url),
    urlOf: (name) => running.get(name)?.url ?? '',
    isAlive: (name) => running.has(name),
    start: async (name) => {
      if (running.has(name)) return;
      running.set(name, await startProduct(name, folder));
    },
    kill: async (name) => {
      const found = running.get(name);
      running.delete(name);
      if (found) await killed(found.child);
    },
    folder,
    stop,
  };
}

async function startProduct(name: ProcessName, folder: string) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = nextServerArgs('start', { port: new URL(url).port });
  const output = openSync(path.join(folder, `${name}.log`), 'a');
  const env = { ...process.env, LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, args, { stdio: ['ignore', output, output], env });
  await waitForEngine(`${url}/api/health`);
  return { child, url };
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  return gone;
}
