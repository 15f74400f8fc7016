import { expect, it } from 'vitest';
import { loadMetrics } from '@/lib/server/demo/load-metrics';
import { readMetrics } from '@/lib/server/metrics/read-metrics';
import { newRequestId } from '@/lib/server/request-id';
import { SERIES, STEP_MS } from '@/lib/shared/metrics';

const requestId = newRequestId();
const REACH = { minutesMs: 2 * STEP_MS.hour, hoursMs: STEP_MS.day };

const instant = (ms: number) => new Date(ms).toISOString();

it('gives the demo a past whose hours are the sum of their minutes, that ends before the hour that runs, and only once', async () => {
  const hourMs = Math.floor(Date.now() / STEP_MS.hour) * STEP_MS.hour;
  const read = (step: 'minute' | 'hour', fromMs: number) =>
    readMetrics({ step, from: instant(fromMs), to: instant(hourMs + STEP_MS.minute) }, requestId);

  const added = await loadMetrics(requestId, REACH);

  expect(added).toBe(2 * 60 + 24);
  const minutes = await read('minute', hourMs - REACH.minutesMs);
  const hours = await read('hour', hourMs - REACH.minutesMs);
  for (const series of SERIES) {
    const counts = (minutes.series[series] ?? []).map(({ count }) => count);
    const sums = [0, 60].map((at) => counts.slice(at, at + 60).reduce((sum, count) => sum + count, 0));
    expect((hours.series[series] ?? []).slice(0, 2).map(({ count, state }) => [count, state])).toEqual(
      sums.map((count) => [count, 'complete']),
    );
    expect(counts[120], `${series} in the hour that runs`).toBe(0);
  }
  expect(
    minutes.series.query?.slice(0, 120).every(({ count, state }) => count > 0 && state === 'complete'),
  ).toBe(true);
  expect(await loadMetrics(requestId, REACH)).toBe(0);
});
