import { allowLongUploads } from '@/lib/server/allow-long-uploads';
import { watchBreakers } from '@/lib/server/breakers/watch-breakers';
import { env } from '@/lib/server/env';
import { startReporting, stopReporting } from '@/lib/server/metrics/report-metrics';
import { startWorker, stopWorker } from '@/lib/server/worker';

/** What a server process does once at its start: the environment was parsed on import, so a wrong one stops it here. */
export function startProcess(): void {
  allowLongUploads();
  startReporting();
  watchBreakers();
  if (env.WORKER === 'on') startWorker();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stopProcess());
}

async function stopProcess(): Promise<void> {
  await stopWorker();
  await stopReporting();
}
