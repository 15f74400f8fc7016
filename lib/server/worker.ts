import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { classifyError } from '@/lib/server/classify-error';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { newRequestId } from '@/lib/server/request-id';

/** Time between two sweeps, and how old effects must be: younger ones are still in the hands of who answered the create. */
const SWEEP = { everyMs: 5000, ageMs: 5000 };

type Worker = { timer: NodeJS.Timeout | undefined };

const worker = processState<Worker>('worker', () => ({ timer: undefined }));

/**
 * Starts the background work of this process: every few seconds it applies effects that were left pending. Any number
 * of processes may run it beside each other. Starting it again changes nothing.
 */
export function startWorker(sweep = SWEEP): void {
  worker.timer ??= schedule(sweep);
}

/** Stops claiming background work; what is pending stays listed for the next worker. */
export function stopWorker(): void {
  clearTimeout(worker.timer);
  worker.timer = undefined;
}

/** Rounds never overlap, and processes started together drift apart. The timer does not keep the process alive. */
function schedule(sweep: typeof SWEEP): NodeJS.Timeout {
  const waitMs = sweep.everyMs * (0.75 + Math.random() / 2);
  return setTimeout(async () => {
    await sweepOnce(sweep.ageMs);
    if (worker.timer) worker.timer = schedule(sweep);
  }, waitMs).unref();
}

async function sweepOnce(ageMs: number): Promise<void> {
  const requestId = newRequestId();
  try {
    await sweepEffects(new Date(Date.now() - ageMs).toISOString(), requestId);
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
