// The embedded engine of a data folder: one at a time, found again after a killed run, stopped with its owner.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findEngine, freePort, waitForEngine } from './engine.mjs';

const STOP_ATTEMPTS = 100;
const STOP_WAIT_MS = 50;

/**
 * Ends what a killed run left on this folder: its product and its engine. The data stays.
 * @param {string} dataDir
 * @throws where the run that uses the folder is still alive
 */
export async function endLeftover(dataDir) {
  if (!existsSync(recordOf(dataDir))) return;
  const { ownerPid, enginePid, productPid } = JSON.parse(readFileSync(recordOf(dataDir), 'utf8'));
  if (commandLine(ownerPid).includes('scripts/')) {
    throw new Error(
      `Another run (process ${ownerPid}) uses ${dataDir}. Stop it, or choose another folder with DATA_DIR.`,
    );
  }
  await endIfOurs(productPid, 'next');
  await endIfOurs(enginePid, databaseOf(dataDir));
}

/** A process ID may belong to somebody else by now: only one whose command line is ours is stopped. */
async function endIfOurs(pid, part) {
  if (!pid || !commandLine(pid).includes(part)) return;
  console.log(`Stopping process ${pid}, which a killed run left behind; its data is kept.`);
  await endProcess(pid);
}

/**
 * Starts the engine on the database file of this folder.
 * @param {string} dataDir
 * @returns {Promise<{ endpoint: string, process: import('node:child_process').ChildProcess,
 *   rememberProduct: (pid: number | undefined) => void, stop: () => Promise<void> }>}
 */
export async function startLocalEngine(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  // Its own process group: Ctrl-C must reach the product first, which may still have to write.
  const engine = spawn(findEngine(), ['serve', '--port', String(port), '--db-path', databaseOf(dataDir)], {
    stdio: 'ignore',
    detached: true,
  });
  const record = { ownerPid: process.pid, enginePid: engine.pid, endpoint };
  writeFileSync(recordOf(dataDir), JSON.stringify(record));
  await waitForEngine(endpoint);
  return {
    endpoint,
    process: engine,
    rememberProduct: (productPid) =>
      writeFileSync(recordOf(dataDir), JSON.stringify({ ...record, productPid })),
    stop: async () => {
      await endProcess(engine.pid);
      rmSync(recordOf(dataDir), { force: true });
    },
  };
}

/**
 * Where the demo of this folder runs: its engine, and the key that signs its audit trail. Empty where none runs.
 * @returns {Record<string, string>}
 */
export function environmentOfDemo(dataDir = path.resolve(process.env.DATA_DIR ?? '.data')) {
  if (!existsSync(recordOf(dataDir))) return {};
  const { endpoint, enginePid } = JSON.parse(readFileSync(recordOf(dataDir), 'utf8'));
  if (!endpoint || !commandLine(enginePid).includes(databaseOf(dataDir))) return {};
  const keyFile = path.join(dataDir, 'audit-signing-key');
  const key = existsSync(keyFile) ? { AUDIT_SIGNING_KEY: readFileSync(keyFile, 'utf8').trim() } : {};
  return { DYNAMODB_ENDPOINT: endpoint, ...key };
}

const databaseOf = (dataDir) => path.join(dataDir, 'assignment-desk.db');
const recordOf = (dataDir) => path.join(dataDir, 'run.json');

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
