import { allowLongUploads } from '@/lib/server/allow-long-uploads';
import { watchBreakers } from '@/lib/server/breakers/watch-breakers';
import { env } from '@/lib/server/env';
import { startWorker, stopWorker } from '@/lib/server/worker';

/** What a server process does once at its start: the environment was parsed on import, so a wrong one stops it here. */
export function startProcess(): void {
  allowLongUploads();
  watchBreakers();
  if (env.WORKER === 'off') return;
  startWorker();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stopWorker());
}
