import { flushMetrics } from '@/lib/server/metrics/flush-metrics';
import { measureProcess } from '@/lib/server/metrics/measure-process';
import { isSomebodyLooking } from '@/lib/server/metrics/reading-mark';
import { recordedExemplars } from '@/lib/server/metrics/record';
import { processState } from '@/lib/server/process-state';
import { newRequestId } from '@/lib/server/request-id';
import { storeLines } from '@/lib/server/requests/store-lines';

/** Time between two flushes, and while somebody looks at metrics. */
const EVERY_MS = 10_000;
const EVERY_MS_LOOKED_AT = 3000;

type Reporting = { timer: NodeJS.Timeout | undefined; isOn: boolean };

const reporting = processState<Reporting>('metricsReporting', () => ({ timer: undefined, isOn: false }));

/** Lets this process report what it counts, from now on until it ends. Starting it again changes nothing. */
export function startReporting(): void {
  if (reporting.isOn) return;
  reporting.isOn = true;
  measureProcess();
  void report();
}

/** Writes what is left and says that this process ends. Resolves when it is written, or could not be. */
export async function stopReporting(): Promise<void> {
  if (!reporting.isOn) return;
  reporting.isOn = false;
  clearTimeout(reporting.timer);
  await flush(EVERY_MS, { isEnding: true });
}

/** Log lines go with the metrics: their exemplars lead to the pages that show them. */
async function flush(everyMs: number, { isEnding }: { isEnding: boolean }): Promise<void> {
  const requestId = newRequestId();
  const exemplars = recordedExemplars();
  await flushMetrics({ everyMs, isEnding, requestId });
  await storeLines(exemplars, requestId);
}

/** The timer does not keep the process alive. */
async function report(): Promise<void> {
  const startedAt = performance.now();
  const nextMs = (await isSomebodyLooking().catch(() => false)) ? EVERY_MS_LOOKED_AT : EVERY_MS;
  await flush(nextMs, { isEnding: false });
  if (!reporting.isOn) return;
  const waitMs = Math.max(nextMs - (performance.now() - startedAt), 0);
  reporting.timer = setTimeout(() => void report(), waitMs).unref();
}
