// Runs the product with everything it needs on this machine: `npm run demo` and `npm run dev`.
import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { isBuildCurrent } from './build-state.mjs';
import { freePort } from './engine.mjs';
import { endLeftover, startLocalEngine } from './local-engine.mjs';
import { nextBuildArgs, nextServerArgs } from './next-server.mjs';

const HOST = '127.0.0.1';
const KILL_AFTER_MS = 15_000;

const ACCOUNTS = [
  ['admin@example.edu', 'admin'],
  ['instructor@example.edu', 'instructor of AAA, BBB and CCC'],
  ['instructor2@example.edu', 'instructor of DDD and EEE'],
  ['ops@example.edu', 'ops'],
  ['auditor@example.edu', 'auditor'],
];

/**
 * Starts engine, tables, demo data and product, and stops them in the reverse order on Ctrl-C or SIGTERM.
 * @param {'start' | 'dev'} mode of Next.js
 * @param {string[]} demoOptions of `load-demo-data.ts`, such as `--with-failures`
 * @param {{ load?: { seconds: number, isCheck: boolean } }} [options] `load` is put on the product for so long, through a
 *   proxy that refuses writes for a while; with `isCheck` it ends by itself, with an exit code that says whether all was right
 */
export async function runLocalProduct(mode, demoOptions = [], { load } = {}) {
  const port = Number(process.env.PORT ?? 3000);
  const dataDir = path.resolve(process.env.DATA_DIR ?? '.data');
  let stopping = false;
  let engine;
  let product;
  let loading;

  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    await endChild(product);
    await endChild(loading?.process);
    await engine?.stop();
    process.exit(code);
  };
  /** What stops because we stop it is no failure. */
  const failed = async (message) => {
    if (stopping) return;
    console.error(message);
    await stop(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));

  try {
    await endLeftover(dataDir);
    await requireFreePort(port);
    engine = process.env.DYNAMODB_ENDPOINT ? undefined : await startLocalEngine(dataDir);
    const env = productEnv({ dataDir, endpoint: engine?.endpoint ?? process.env.DYNAMODB_ENDPOINT });
    engine?.process.once('exit', () => failed('The DynamoDB engine stopped.'));

    run([path.join('scripts', 'run-ts.mjs'), path.join('scripts', 'load-demo-data.ts'), ...demoOptions], env);
    if (mode === 'start' && !isBuildCurrent()) run(nextBuildArgs, env);

    loading = await startLoad(load, { env, url: `http://${HOST}:${port}`, onEnd: stop });
    product = startProduct(mode, { port, env: { ...env, ...loading?.env } });
    engine?.rememberProduct(product.pid);
    product.once('exit', () => failed('The product stopped.'));
    await waitForProduct(`http://${HOST}:${port}`, product);
    printWelcome(`http://${HOST}:${port}`, dataDir);
  } catch (error) {
    await failed(error instanceof Error ? error.message : String(error));
  }
}

function startProduct(mode, { port, env }) {
  const args = nextServerArgs(mode, { host: HOST, port });
  return spawn(process.execPath, args, { stdio: 'inherit', env, detached: true });
}

/** The proxy between product and engine, which puts load on the product once that answers. */
async function startLoad(load, { env, url, onEnd }) {
  if (!load) return undefined;
  const port = await freePort();
  const script = ['--import', 'tsx', '--conditions=react-server', path.join('scripts', 'demo-load.ts')];
  const options = ['--port', String(port), '--product', url, '--seconds', String(load.seconds)];
  // Its own process group: Ctrl-C must reach the product first, which may still have to write through the proxy.
  const child = spawn(process.execPath, [...script, ...options, ...(load.isCheck ? ['--check'] : [])], {
    stdio: 'inherit',
    env,
    detached: true,
  });
  child.once('exit', (code) => onEnd(code ?? 1));
  // What is refused on purpose need not be warned of.
  const { LOG_LEVEL = 'silent' } = process.env;
  return { process: child, env: { DYNAMODB_ENDPOINT: `http://${HOST}:${port}`, LOG_LEVEL } };
}

function productEnv({ dataDir, endpoint }) {
  return {
    ...process.env,
    DYNAMODB_ENDPOINT: endpoint,
    AUTH_SECRET:
      process.env.AUTH_SECRET ?? kept(dataDir, 'auth-secret', () => randomBytes(32).toString('hex')),
    AUDIT_SIGNING_KEY: process.env.AUDIT_SIGNING_KEY ?? kept(dataDir, 'audit-signing-key', newSigningKey),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NEXT_TELEMETRY_DISABLED: '1',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
}

/** Sessions and seals outlive a restart because their secrets are kept beside the data. */
function kept(dataDir, name, create) {
  const file = path.join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, create(), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

function newSigningKey() {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}

function run(args, env) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (status !== 0) throw new Error(`"node ${args.join(' ')}" failed; the reason stands above.`);
}

function requireFreePort(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) =>
      reject(
        new Error(
          `Port ${port} on ${HOST} cannot be used (${error.code}). Stop what uses it, or choose another with PORT=3001.`,
        ),
      ),
    );
    server.listen(port, HOST, () => server.close(resolve));
  });
}

async function waitForProduct(url, product) {
  while (product.exitCode === null) {
    try {
      await fetch(`${url}/api/health`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function endChild(child) {
  if (!child || child.exitCode !== null || child.signalCode) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  await ended;
  clearTimeout(timer);
}

function printWelcome(url, dataDir) {
  console.log(`\nAssignment Desk is ready: ${url}\n\nAccounts (password "assignment-desk-demo"):`);
  for (const [email, role] of ACCOUNTS) console.log(`  ${email.padEnd(26)} ${role}`);
  console.log(`\nData: ${dataDir}\nStop with Ctrl-C.`);
}
