import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { newRequestId } from '@/lib/server/request-id';

const SWEEP_EVERY_MS = 5000;

/** Younger effects are still being applied by the process that answered the create. */
const SWEEP_AGE_MS = 5000;

type Worker = { timer: NodeJS.Timeout | undefined };

const worker = processState<Worker>('worker', () => ({ timer: undefined }));

/**
 * Starts the background work of this process: every few seconds it applies effects that were left pending. Any number
 * of processes may run it beside each other. Starting it again changes nothing.
 */
export function startWorker(): void {
  worker.timer ??= schedule();
}

/** Stops claiming background work; what is pending stays listed for the next worker. */
export function stopWorker(): void {
  clearTimeout(worker.timer);
  worker.timer = undefined;
}

/** Rounds never overlap, and processes started together drift apart. The timer does not keep the process alive. */
function schedule(): NodeJS.Timeout {
  const waitMs = SWEEP_EVERY_MS * (0.75 + Math.random() / 2);
  return setTimeout(async () => {
    await sweepOnce();
    if (worker.timer) worker.timer = schedule();
  }, waitMs).unref();
}

async function sweepOnce(): Promise<void> {
  const requestId = newRequestId();
  try {
    await sweepEffects(new Date(Date.now() - SWEEP_AGE_MS).toISOString(), requestId);
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('sweep failed, trying again in the next round', {
      requestId,
      operation: 'sweepEffects',
      code,
      reason: message,
    });
  }
}
