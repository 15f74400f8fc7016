import { allowLongUploads } from '@/lib/server/allow-long-uploads';
import { watchBreakers } from '@/lib/server/breakers/watch-breakers';
import { env } from '@/lib/server/env';
import { startReporting, stopReporting } from '@/lib/server/metrics/report-metrics';
import { startTraces } from '@/lib/server/traces/start-traces';
import { startWorker, stopWorker } from '@/lib/server/worker';

/** What stops a process that has not ended by itself waits so long before it kills it, mostly. */
const LONGEST_STOP_MS = 9000;

/** What a server process does once at its start: the environment was parsed on import, so a wrong one stops it here. */
export async function startProcess(): Promise<void> {
  await startTraces();
  allowLongUploads();
  startReporting();
  watchBreakers();
  if (env.WORKER === 'on') startWorker();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => holdExit(stopProcess()));
}

/** Next.js exits as soon as it has answered its requests: the exit waits for what this process has in hand, but not for ever. */
function holdExit(stopped: Promise<void>): void {
  const exit = process.exit.bind(process);
  const limit = new Promise((resolve) => setTimeout(resolve, LONGEST_STOP_MS));
  const held = (code?: string | number | null) => {
    void Promise.race([stopped, limit]).finally(() => exit(code));
  };
  // Its type says that nothing follows, and here nothing does but waiting.
  process.exit = held as typeof process.exit;
}

async function stopProcess(): Promise<void> {
  await stopWorker();
  await stopReporting();
}
