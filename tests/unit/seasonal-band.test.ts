import { describe, expect, it } from 'vitest';
import { bandsAt } from '@/lib/server/objectives/usual/bands';
import type { MetricPoint } from '@/lib/shared/metrics';
import { aPoint, DAY, HOUR, NOON, schoolHours } from '@/tests/support/metric-series';
import { createRandom } from '@/tests/support/random';

/** The band of creates, after so many recorded days, with this in its last whole hour. */
function bandAfter(days: number, last: MetricPoint, bandId = 'create-count') {
  const create = [...schoolHours(createRandom(7), { days, toMs: NOON - HOUR }), last];
  return bandsAt({ hours: { create }, minutes: {}, gauges: [] }, NOON + 5).find(
    (band) => band.bandId === bandId,
  );
}

const lastHour = (success: number, durationMs = 45) => aPoint(NOON - HOUR, { success, durationMs });

describe('the seasonal band', () => {
  it('says how far it has learned, and judges nothing before', () => {
    const band = bandAfter(5, lastHour(5000));

    expect(band).toMatchObject({ state: 'learning', sentence: 'Learning 5 of 14 days.', low: null });
  });

  it('finds an hour usual that is like this hour of the week', () => {
    expect(bandAfter(28, lastHour(510))).toMatchObject({ state: 'usual', at: '2026-11-25T11:00:00.000Z' });
  });

  it.each([
    ['far more', 1200],
    ['far fewer', 100],
    ['none at all', 0],
  ])('finds %s unusual', (_, count) => {
    expect(bandAfter(28, lastHour(count))?.state).toBe('unusual');
  });

  it('does not mistake the quiet of a night for an outage', () => {
    const midnight = NOON - 12 * HOUR;
    const create = schoolHours(createRandom(3), { days: 28, toMs: midnight });

    const bands = bandsAt({ hours: { create }, minutes: {}, gauges: [] }, midnight);

    expect(bands[0]).toMatchObject({ state: 'usual' });
    expect(bands[0]?.high).toBeLessThan(100);
  });

  it('is not moved by one odd week', () => {
    const normal = bandAfter(28, lastHour(500));
    const create = [
      ...schoolHours(createRandom(7), { days: 28, toMs: NOON - HOUR }).map((point) =>
        Date.parse(point.at) >= NOON - 8 * DAY && Date.parse(point.at) < NOON - 6 * DAY
          ? aPoint(Date.parse(point.at), { success: 90_000 })
          : point,
      ),
      lastHour(500),
    ];

    const [odd] = bandsAt({ hours: { create }, minutes: {}, gauges: [] }, NOON);

    expect(odd?.median).toBeCloseTo(normal?.median ?? 0, -2);
    expect(odd?.high).toBeLessThan(2000);
  });

  it('is as wide as the weeks before were restless', () => {
    const random = createRandom(11);
    const restless = schoolHours(random, { days: 28, toMs: NOON - HOUR }).map(({ at }) =>
      aPoint(Date.parse(at), { success: random.between(100, 900) }),
    );
    const create = [...restless, lastHour(1000)];

    expect(bandsAt({ hours: { create }, minutes: {}, gauges: [] }, NOON)[0]?.state).toBe('usual');
  });

  it('calls slower unusual, faster never, and too few events nothing', () => {
    expect(bandAfter(28, lastHour(500, 400), 'create-p95')?.state).toBe('unusual');
    expect(bandAfter(28, lastHour(500, 1), 'create-p95')?.state).toBe('usual');
    expect(bandAfter(28, lastHour(12, 4000), 'create-p95')).toMatchObject({ state: 'quiet', value: null });
  });

  it('does not count hours that nobody reported as zero', () => {
    const silent = aPoint(NOON - HOUR, {}, { state: 'silent', instances: 0 });

    expect(bandAfter(28, silent)?.state).toBe('quiet');
  });
});
