import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUCKETS,
  bucketBounds,
  bucketOf,
  type Histogram,
  mergeHistograms,
  percentile,
} from '@/lib/shared/histogram';

const WORST_ERROR = 2 ** (1 / 8) - 1;

const durations = fc.array(fc.double({ min: 1, max: 1_000_000, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});

function histogramOf(values: number[]): Histogram {
  return mergeHistograms(values.map((value) => ({ [bucketOf(value)]: 1 })));
}

/** The value at a rank, of the values themselves. */
function exactPercentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil(sorted.length * share), 1) - 1] ?? 0;
}

describe('a histogram', () => {
  it('gives any percentile within 9 % of the exact one', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const exact = exactPercentile(values, share);
        const read = percentile(histogramOf(values), share) ?? 0;

        expect(Math.abs(read - exact) / exact).toBeLessThanOrEqual(WORST_ERROR + 1e-9);
      }),
    );
  });

  it('says the same of many processes together as of one that saw it all', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 5 }), (processes) => {
        expect(mergeHistograms(processes.map(histogramOf))).toEqual(histogramOf(processes.flat()));
      }),
    );
  });

  it('has a bucket for every duration, whose bounds hold it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), (durationMs) => {
        const bucket = bucketOf(durationMs);
        const { from, to } = bucketBounds(bucket);

        expect(bucket).toBeLessThan(BUCKETS);
        // Bounds are rounded powers of two.
        expect(durationMs).toBeGreaterThanOrEqual(from * (1 - 1e-12));
        expect(durationMs).toBeLessThanOrEqual(to * (1 + 1e-12));
      }),
    );
  });

  it('has no percentile where nothing was counted', () => {
    expect(percentile({}, 0.95)).toBeNull();
  });
});
