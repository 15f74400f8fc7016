import type { RowEnd } from '@/lib/server/batches/chunks/row-end';
import type { Commit } from '@/lib/server/batches/run/commit-chunk';
import { type Outcome, recordEnd } from '@/lib/server/metrics/record';

/**
 * Counts the rows of a chunk that was committed, each once: its commit happens once. A row whose ID was taken counts as a
 * failed condition, whether its batch skips those or not; rows of a cancelled batch were not tried, and are not counted.
 */
export function recordRows({
  ends,
  requestId,
  startedAt,
}: Pick<Commit, 'ends' | 'requestId' | 'startedAt'>): void {
  const durationMs = startedAt === undefined ? undefined : performance.now() - startedAt;
  const countByOutcome = new Map<Outcome, number>();
  for (const outcome of ends.flatMap(outcomesOf)) {
    countByOutcome.set(outcome, (countByOutcome.get(outcome) ?? 0) + 1);
  }
  for (const [outcome, count] of countByOutcome) {
    recordEnd('batch_row', { outcome, durationMs, requestId, count });
  }
}

function outcomesOf(end: RowEnd): Outcome[] {
  switch (end.kind) {
    case 'created':
      return ['success'];
    case 'rejected':
      return ['CONDITIONAL_FAILED'];
    case 'failed':
      return [end.error.code];
    case 'cancelled':
      return [];
  }
}
