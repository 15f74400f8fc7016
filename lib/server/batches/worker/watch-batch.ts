import { readBatchItem } from '@/lib/server/batches/read-batch';
import { isRefusingWrites } from '@/lib/server/breakers/breaker-gate';
import { env } from '@/lib/server/env';
import type { BatchState } from '@/lib/shared/batch';

/** People's decisions take effect within two seconds: the state is read this often while rows are written. */
const LOOK_EVERY_MS = 500;

/** Whether work on a batch may go on, asked before each call to DynamoDB. */
export type Watch = { mayGoOn: () => boolean; stop: () => void };

/**
 * Follows the state of a batch while this process works on it; a reading that fails leaves the last one in force. An open
 * breaker of the assignments ends the work as well: nothing that is sent then is written.
 */
export function watchBatch(
  { batchId, state }: { batchId: string; state: BatchState },
  { requestId, isStopping }: { requestId: string; isStopping: () => boolean },
): Watch {
  let current = state;
  const timer = setInterval(async () => {
    const batch = await readBatchItem(batchId, requestId).catch(() => undefined);
    if (batch) current = batch.state;
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    mayGoOn: () => current === state && !isStopping() && !isRefusingWrites(env.ASSIGNMENTS_TABLE),
    stop: () => clearInterval(timer),
  };
}
