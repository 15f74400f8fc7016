import { classifyError } from '@/lib/server/classify-error';
import { type Outcome, recordEnd } from '@/lib/server/metrics/record';
import { withSeries } from '@/lib/server/metrics/series-context';
import type { Series } from '@/lib/shared/metrics';

type Operation<Result> = {
  requestId: string;
  /** When it began, by `performance.now()`, where that was earlier. */
  startedAt?: number;
  /** How many it stands for. */
  count?: number;
  /** What it came to where it did not throw; a success unless given. */
  outcomeOf?: (result: Result) => Outcome;
};

/** Runs an operation and counts how it ended; its calls to DynamoDB count for the same series. What it throws is thrown on. */
export async function recordOperation<Result>(
  series: Series,
  { requestId, startedAt = performance.now(), count = 1, outcomeOf }: Operation<Result>,
  run: () => Promise<Result>,
): Promise<Result> {
  const ended = () => ({ durationMs: performance.now() - startedAt, requestId, count });
  try {
    const result = await withSeries(series, run);
    recordEnd(series, { outcome: outcomeOf?.(result) ?? 'success', ...ended() });
    return result;
  } catch (thrown) {
    recordEnd(series, { outcome: classifyError(thrown).code, ...ended() });
    throw thrown;
  }
}
