import type { Counts } from '@/lib/server/metrics/counts';
import type { Tally } from '@/lib/server/metrics/record';

/** A tally as counts that can be stored and added up. */
export function tallyCounts(tally: Tally): Counts {
  const { outcomes, throttles, buckets, bucketExemplars, codeExemplars } = tally;
  const { retries, items, unprocessed, units } = tally;
  return {
    outcomes: Object.fromEntries(outcomes),
    throttles: Object.fromEntries(throttles),
    buckets,
    bucketExemplars: Object.fromEntries(bucketExemplars),
    codeExemplars: Object.fromEntries(codeExemplars),
    ...{ retries, items, unprocessed, units },
  };
}
