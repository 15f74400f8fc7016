import { watchBreakers } from '@/lib/server/breakers/watch-breakers';
import { log } from '@/lib/server/log';
import { startReporting, stopReporting } from '@/lib/server/metrics/report-metrics';
import { newRequestId } from '@/lib/server/request-id';
import { startWorker, stopWorker } from '@/lib/server/worker';

// A process that does the background work only: `npm run worker`, as many beside each other as one likes.
const requestId = newRequestId();
const KEEP_ALIVE_MS = 60_000;

startReporting();
watchBreakers();
startWorker();
log.info('worker started', { requestId, operation: 'worker' });
// The timers of the worker keep no process alive, because in a server something else does.
const keepAlive = setInterval(() => undefined, KEEP_ALIVE_MS);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    clearInterval(keepAlive);
    await stopWorker();
    await stopReporting();
    log.info('worker stopped', { requestId, operation: 'worker' });
    process.exit(0);
  });
}
