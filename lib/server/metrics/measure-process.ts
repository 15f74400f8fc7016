import { batchesInHand, longestWaitMs } from '@/lib/server/batches/worker/batch-worker';
import { measureGauge } from '@/lib/server/metrics/record';

/** Lets each report say how this process itself fares; what others measure they name where they are. */
export function measureProcess(): void {
  measureGauge('heap_bytes', () => process.memoryUsage().heapUsed);
  measureGauge('batches_in_hand', batchesInHand);
  measureGauge('queue_age_ms', longestWaitMs);
}
