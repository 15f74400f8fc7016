// Starts the built product on the tables that the environment names.
import { spawn } from 'node:child_process';
import { nextServerArgs } from './next-server.mjs';

const { HOST = '127.0.0.1', PORT = '3000' } = process.env;
if (!process.env.AUTH_SECRET) {
  console.error(
    'Set AUTH_SECRET to at least 32 random characters, the same in every process: it signs the sessions.',
  );
  process.exit(1);
}
const env = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  NEXT_TELEMETRY_DISABLED: '1',
  ...process.env,
};

const product = spawn(process.execPath, nextServerArgs('start', { host: HOST, port: PORT }), {
  stdio: 'inherit',
  env,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => product.kill(signal));
product.once('exit', (code) => process.exit(code ?? 0));
