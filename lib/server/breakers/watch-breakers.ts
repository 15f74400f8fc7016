import { breakers } from '@/lib/server/breakers/breakers';
import { syncBreakers } from '@/lib/server/breakers/sync-breakers';
import { processState } from '@/lib/server/process-state';
import { newRequestId } from '@/lib/server/request-id';

/** How often it is looked whether there is anything to do; mostly there is not. */
const LOOK_EVERY_MS = 250;

const watch = processState<{ timer: NodeJS.Timeout | undefined }>('breakerWatch', () => ({
  timer: undefined,
}));

/**
 * Lets this process tell others what its breakers do, follow theirs, and probe. Without it a breaker still opens, and the
 * first write after its time is its probe. The timer does not keep the process alive. Starting it again changes nothing.
 */
export function watchBreakers(): void {
  watch.timer ??= schedule();
}

/** Rounds never overlap. */
function schedule(): NodeJS.Timeout {
  return setTimeout(async () => {
    await syncBreakers(breakers, { nowMs: Date.now(), requestId: newRequestId() });
    watch.timer = schedule();
  }, LOOK_EVERY_MS).unref();
}
