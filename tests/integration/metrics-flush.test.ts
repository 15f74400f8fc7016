import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '@/lib/server/env';
import { flushMetrics } from '@/lib/server/metrics/flush-metrics';
import { readMetrics } from '@/lib/server/metrics/read-metrics';
import { recordAmounts, recordEnd, recordThrottle } from '@/lib/server/metrics/record';
import { newRequestId } from '@/lib/server/request-id';
import { failCalls, loseAnswers, recordedCalls } from '@/tests/support/faults';
import { inNewProcess } from '@/tests/support/new-process';

const requestId = newRequestId();
const START = Date.parse('2026-11-25T10:31:00.000Z');
const TO_METRICS = { table: env.METRICS_TABLE };

let startMs = START;

beforeEach(() => {
  // Minutes of its own for each test, in which nobody else has reported.
  startMs += 30 * 60_000;
  vi.useFakeTimers({ toFake: ['Date'], now: startMs + 1000 });
});

afterEach(async () => {
  // What the test left must not reach the next.
  await flushMetrics({ everyMs: 10_000, isEnding: true, requestId });
});

const atSecond = (second: number) => vi.setSystemTime(startMs + second * 1000);

const flush = (isEnding = false) => flushMetrics({ everyMs: 10_000, isEnding, requestId });

const aCreate = (outcome: 'success' | 'THROTTLING' = 'success') =>
  recordEnd('create', { outcome, durationMs: 12, requestId });

/** The points of creates from the first minute of the test on. */
async function creates() {
  const query = { series: ['create' as const], from: new Date(startMs).toISOString() };
  const { series, lost } = await readMetrics(query, requestId);
  return { points: series.create ?? [], lost };
}

const countsOf = async () => (await creates()).points.map(({ count }) => count);
const statesOf = async () => (await creates()).points.map(({ state }) => state);

describe('a flush', () => {
  it('stores outcomes, amounts, throttles, buckets and percentiles in the minute in which they happened', async () => {
    aCreate();
    aCreate('THROTTLING');
    recordAmounts('create', { retries: 3, units: 5 });
    recordThrottle('create', 'TableWriteProvisionedThroughputExceeded', 'table/A', 2);
    atSecond(61);
    aCreate();
    await flush();

    const { points } = await creates();
    expect(points).toMatchObject([
      {
        count: 2,
        outcomes: { success: 1, THROTTLING: 1 },
        ...{ retries: 3, units: 5 },
        throttles: { 'TableWriteProvisionedThroughputExceeded table/A': 2 },
        buckets: { 15: 2 },
      },
      { count: 1, outcomes: { success: 1 } },
    ]);
    expect(points[0]?.p95).toBeCloseTo(12, -1);
  });

  it('adds to what the minute holds already', async () => {
    aCreate();
    await flush();
    atSecond(20);
    aCreate();
    await flush();

    expect(await countsOf()).toEqual([2]);
  });

  it('counts once what is sent again because its answer was lost', async () => {
    aCreate();
    loseAnswers({ ...TO_METRICS, command: 'UpdateItem' });
    await flush();
    aCreate();
    await flush();

    expect(await countsOf()).toEqual([2]);
    expect(recordedCalls().filter(({ command }) => command === 'UpdateItem')).toHaveLength(3);
  });

  it('keeps what it cannot write while the table is missing, and writes it when the table is back', async () => {
    aCreate();
    const tableIsBack = failCalls('ResourceNotFoundException', TO_METRICS);
    await flush();
    atSecond(70);
    aCreate();
    await flush();
    tableIsBack();
    expect(await countsOf()).toEqual([0, 0]);
    atSecond(130);
    await flush();

    expect(await countsOf()).toEqual([1, 1, 0]);
    expect(await statesOf()).toEqual(['complete', 'complete', 'partial']);
  });

  it('adds up what several processes count in the same minute', async () => {
    aCreate();
    await flush();
    await inNewProcess(async () => {
      const other = await import('@/lib/server/metrics/record');
      const { flushMetrics: flushOther } = await import('@/lib/server/metrics/flush-metrics');
      other.recordEnd('create', { outcome: 'success', durationMs: 12, requestId });
      await flushOther({ everyMs: 10_000, isEnding: true, requestId });
    });

    const { points } = await creates();
    expect(points).toMatchObject([{ count: 2, instances: 2 }]);
  });
});

describe('what is known of a minute', () => {
  it('is partial while it runs, complete with a zero when it is over, and silent where nobody reported', async () => {
    await flush();
    expect(await statesOf()).toEqual(['partial']);
    atSecond(62);
    await flush(true);
    atSecond(200);

    const { points } = await creates();
    expect(points.map(({ state, count }) => [state, count])).toEqual([
      ['complete', 0],
      ['complete', 0],
      ['silent', 0],
      ['silent', 0],
    ]);
  });

  it('is partial where a process vanished, which shows as a report that is lost, of at most one interval', async () => {
    const instance = await inNewProcess(async () => {
      const { flushMetrics: flushOther } = await import('@/lib/server/metrics/flush-metrics');
      const { unsent } = await import('@/lib/server/metrics/unsent');
      atSecond(55);
      await flushOther({ everyMs: 10_000, isEnding: false, requestId });
      return unsent.instance;
    });
    atSecond(240);

    const { points, lost } = await creates();
    expect(points.map(({ state }) => state)).toEqual(['partial', 'partial', 'silent', 'silent']);
    expect(lost).toEqual([{ instance, at: new Date(startMs + 55_000).toISOString(), upToMs: 10_000 }]);
  });

  it('is complete where a process said that it ended', async () => {
    aCreate();
    atSecond(5);
    await flush(true);
    atSecond(120);

    expect(await creates()).toMatchObject({ points: [{ state: 'complete', count: 1 }, {}], lost: [] });
  });

  it('stays partial while one series of it could not be written', async () => {
    aCreate();
    await flush();
    atSecond(61);
    recordEnd('effect', { outcome: 'success', durationMs: 1, requestId });
    aCreate();
    failCalls('ThrottlingException', { ...TO_METRICS, command: 'UpdateItem', includes: 'effect', times: 2 });
    await flush();
    atSecond(130);

    expect(await countsOf()).toEqual([1, 1, 0]);
    expect(await statesOf()).toEqual(['complete', 'partial', 'silent']);
  });
});
