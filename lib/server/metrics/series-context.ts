import { AsyncLocalStorage } from 'node:async_hooks';
import { processState } from '@/lib/server/process-state';
import type { Series } from '@/lib/shared/metrics';

const storage = processState('metricsSeries', () => new AsyncLocalStorage<Series>());

/** Runs an operation so that the calls to DynamoDB which it makes count for its series. */
export function withSeries<Result>(series: Series, run: () => Result): Result {
  return storage.run(series, run);
}

/** The series of the operation that is running; undefined in work that belongs to none. */
export function currentSeries(): Series | undefined {
  return storage.getStore();
}
