import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastBatchEnd } from '@/lib/server/objectives/forecasts/forecast-batch-end';
import { MINUTE, NOON } from '@/tests/support/metric-series';

/** A batch with 6,000 rows left that ended so many rows in each of its last intervals of ten seconds. */
function forecast(ended: number[], waiting = 6000) {
  const beganMs = NOON - ended.length * 10_000;
  const points = ended.map((rows, place) => ({
    from: new Date(beganMs + place * 10_000).toISOString(),
    seconds: 10,
    ended: rows,
    ...{ failed: 0, sent: rows, throttled: 0 },
  }));
  // Intervals in which nothing ended are not stored.
  const stored = points.filter((point) => point.ended > 0);
  const batch = {
    batchId: 'batch_1',
    fileName: 'spring.csv',
    waiting,
    startedAt: new Date(beganMs).toISOString(),
  };
  return forecastBatchEnd(batch, stored, NOON);
}

const afterMs = (ms: number) => new Date(NOON + ms).toISOString();

describe('the end of a batch', () => {
  it('is where its rows are gone at the median of its speed, whatever one interval did', () => {
    const { at, sentence, evidence } = forecast([100, 100, 100, 100, 9000, 100]);

    expect(at).toBe(afterMs(10 * MINUTE));
    expect(sentence).toBe('In about 10 min at its present speed (10 min to 10 min).');
    expect(evidence[0]).toEqual({ label: 'Rows left', value: '6,000' });
  });

  it('counts intervals in which nothing ended', () => {
    expect(forecast([200, 0, 200, 0, 200])).toMatchObject({ at: afterMs(5 * MINUTE), latest: null });
    expect(forecast([200, 0, 0, 0, 0])).toMatchObject({
      at: null,
      sentence: 'It stands still: nothing ended in most of the last minutes.',
    });
  });

  it('is not guessed in the first half minute', () => {
    expect(forecast([500, 500])).toMatchObject({ at: null, earliest: null, latest: null });
  });

  it('lies between its earliest and its latest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 3, maxLength: 40 }), (ended) => {
        const { at, earliest, latest } = forecast(ended);
        if (at) expect(earliest && earliest <= at).toBe(true);
        if (latest) expect(at && at <= latest).toBe(true);
      }),
    );
  });
});
