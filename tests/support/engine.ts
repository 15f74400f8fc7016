import { type ChildProcess, spawn } from 'node:child_process';
import { findEngine, freePort, waitForEngine } from '@/scripts/engine.mjs';

let engine: ChildProcess | undefined;

/** Vitest global setup: one in-memory DynamoDB for the whole run, or the one `DYNAMODB_ENDPOINT` names. */
export async function setup() {
  if (process.env.DYNAMODB_ENDPOINT) return;
  const port = await freePort();
  engine = spawn(findEngine(), ['serve', '--port', String(port)], { stdio: 'ignore' });
  process.env.DYNAMODB_ENDPOINT = `http://127.0.0.1:${port}`;
  await waitForEngine(process.env.DYNAMODB_ENDPOINT);
}

export function teardown() {
  engine?.kill();
}
