/** Sparse counts of a histogram of durations: how many fell into each bucket, by its number. */
export type Histogram = Record<string, number>;

/** Buckets of a histogram: one below 1 ms, 80 of a quarter of an octave each, one for all that takes longer than 17 minutes. */
export const BUCKETS = 82;

const PER_OCTAVE = 4;
const LAST = BUCKETS - 1;

/**
 * The bucket of a duration in milliseconds.
 * Bounds grow by a constant factor, so the relative error of what is read from a bucket is the same everywhere: at most
 * 2^(1/8) - 1, that is 9 %, within 1 ms and 17 minutes.
 */
export function bucketOf(durationMs: number): number {
  if (!(durationMs >= 1)) return 0;
  return Math.min(Math.floor(Math.log2(durationMs) * PER_OCTAVE) + 1, LAST);
}

/** Where a bucket begins and ends, in milliseconds: the first at 0, the last is endless. */
export function bucketBounds(bucket: number): { from: number; to: number } {
  return {
    from: bucket === 0 ? 0 : 2 ** ((bucket - 1) / PER_OCTAVE),
    to: bucket === LAST ? Number.POSITIVE_INFINITY : 2 ** (bucket / PER_OCTAVE),
  };
}

/** The duration in milliseconds that stands for a bucket: the geometric middle of its bounds. */
export function bucketMiddle(bucket: number): number {
  if (bucket === 0) return 0.5;
  const { from, to } = bucketBounds(bucket);
  return Number.isFinite(to) ? Math.sqrt(from * to) : from;
}

/** The counts of several histograms together: of processes, or of minutes. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const merged: Histogram = {};
  for (const histogram of histograms) {
    for (const [bucket, count] of Object.entries(histogram)) merged[bucket] = (merged[bucket] ?? 0) + count;
  }
  return merged;
}

/**
 * A percentile in milliseconds, of merged buckets; percentiles themselves cannot be averaged.
 * @param share between 0 and 1, such as 0.95
 * @returns null of an empty histogram
 */
export function percentile(histogram: Histogram, share: number): number | null {
  const counts = Object.entries(histogram)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.bucket - b.bucket);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  let left = Math.max(Math.ceil(total * share), 1);
  for (const { bucket, count } of counts) {
    left -= count;
    if (left <= 0) return bucketMiddle(bucket);
  }
  return null;
}
