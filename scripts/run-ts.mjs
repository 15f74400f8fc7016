// Runs a TypeScript file of ours in Node, the way the server runs it: node scripts/run-ts.mjs <file> [arguments]
import { spawn } from 'node:child_process';
import { environmentOfDemo } from './local-engine.mjs';

const [file, ...args] = process.argv.slice(2);
// `server-only` refuses to load without the condition that Next.js sets for server code.
const nodeArgs = ['--import', 'tsx', '--conditions=react-server', file, ...args];
// Commands over the data meet the demo where it runs on this machine, and nothing else is said.
const demo = process.env.DYNAMODB_ENDPOINT ? {} : environmentOfDemo();
const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...demo, ...process.env };
const child = spawn(process.execPath, nodeArgs, { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
