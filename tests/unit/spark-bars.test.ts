import { describe, expect, it } from 'vitest';
import { HOUR_MS, sparkBars } from '@/components/charts/spark-bars';

const SPAN = { untilMs: Date.parse('2026-11-25T02:40:00.000Z'), spanMs: 4 * HOUR_MS };

describe('the bars of a sparkline', () => {
  it('place an hour by its distance from now and measure it by the highest', () => {
    const hours = [
      { from: '2026-11-24T23:00:00.000Z', count: 5 },
      { from: '2026-11-25T02:00:00.000Z', count: 20 },
    ];

    expect(sparkBars(hours, SPAN)).toEqual([
      { slot: 0, share: 0.25 },
      { slot: 3, share: 1 },
    ]);
  });

  it('leave out what is older than the span, so that it cannot make the rest look small', () => {
    const hours = [
      { from: '2026-11-24T22:00:00.000Z', count: 1000 },
      { from: '2026-11-25T01:00:00.000Z', count: 3 },
    ];

    expect(sparkBars(hours, SPAN)).toEqual([{ slot: 2, share: 1 }]);
  });
});
