import { type Counts, mergeCounts } from '@/lib/server/metrics/counts';
import { recorder } from '@/lib/server/metrics/record';
import { tallyCounts } from '@/lib/server/metrics/tally-counts';
import { unsent } from '@/lib/server/metrics/unsent';
import type { Series } from '@/lib/shared/metrics';

/** All that this process has counted since its start, whether it is written or not. */
export function totalsSinceStart(): Map<Series, Counts> {
  const totals = new Map(unsent.totals);
  for (const tally of recorder.tallies.values()) {
    const before = totals.get(tally.series);
    const counts = tallyCounts(tally);
    totals.set(tally.series, before ? mergeCounts([before, counts]) : counts);
  }
  return totals;
}
