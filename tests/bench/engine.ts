import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findEngine, freePort, waitForEngine } from '@/scripts/engine.mjs';

export type Engine = { endpoint: string; stop: () => void };

/** Starts an engine with an empty database file, on loopback. */
export async function startEngine(): Promise<Engine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'assignment-desk-bench-'));
  const port = await freePort();
  const database = path.join(folder, 'bench.db');
  const child = spawn(findEngine(), ['serve', '--port', String(port), '--db-path', database], {
    stdio: 'ignore',
  });
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', stop);
  const endpoint = `http://127.0.0.1:${port}`;
  await waitForEngine(endpoint);
  return { endpoint, stop };
}
