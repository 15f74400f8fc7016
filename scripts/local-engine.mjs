// The embedded engine of a data folder: one at a time, found again after a killed run, stopped with its owner.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findEngine, freePort, waitForEngine } from './engine.mjs';

const STOP_ATTEMPTS = 100;
const STOP_WAIT_MS = 50;

/**
 * Starts the engine on the database file of this folder.
 * @param {string} dataDir
 * @returns {Promise<{ endpoint: string, process: import('node:child_process').ChildProcess, stop: () => Promise<void> }>}
 */
export async function startLocalEngine(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const database = path.join(dataDir, 'assignment-desk.db');
  const record = path.join(dataDir, 'engine.json');
  await endLeftover(record, database, dataDir);

  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  // Its own process group: Ctrl-C must reach the product first, which may still have to write.
  const engine = spawn(findEngine(), ['serve', '--port', String(port), '--db-path', database], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  writeFileSync(record, JSON.stringify({ pid: engine.pid, ownerPid: process.pid, port }));
  await waitForEngine(endpoint);
  return {
    endpoint,
    process: engine,
    stop: async () => {
      await endProcess(engine.pid);
      rmSync(record, { force: true });
    },
  };
}

/** Stops the engine that a killed run left on this folder; refuses where its owner still runs. */
async function endLeftover(record, database, dataDir) {
  if (!existsSync(record)) return;
  const { pid, ownerPid } = JSON.parse(readFileSync(record, 'utf8'));
  if (!commandLine(pid).includes(database)) return;
  if (commandLine(ownerPid).includes('scripts/')) {
    throw new Error(
      `Another run (process ${ownerPid}) uses ${dataDir}. Stop it, or choose another folder with DATA_DIR.`,
    );
  }
  console.log(`Stopping the engine (process ${pid}) that a killed run left behind; its data is kept.`);
  await endProcess(pid);
}

/** The command line of a process, or nothing where there is no such process or no way to tell. */
function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

async function endProcess(pid) {
  for (let attempt = 0; attempt < STOP_ATTEMPTS; attempt++) {
    try {
      process.kill(pid, attempt === 0 ? 'SIGTERM' : 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, STOP_WAIT_MS));
  }
  process.kill(pid, 'SIGKILL');
}
