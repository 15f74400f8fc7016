import { beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '@/lib/server/env';
import { flushMetrics } from '@/lib/server/metrics/flush-metrics';
import { readMetrics } from '@/lib/server/metrics/read-metrics';
import { recordEnd } from '@/lib/server/metrics/record';
import { rollUpMetrics } from '@/lib/server/metrics/roll-up-metrics';
import { newRequestId } from '@/lib/server/request-id';
import type { Step } from '@/lib/shared/metrics';
import { failCalls } from '@/tests/support/faults';
import { inNewProcess } from '@/tests/support/new-process';

const requestId = newRequestId();
const MINUTE_MS = 60_000;

/** Ten minutes before an hour ends: hours of its own for each test. */
let startMs = Date.parse('2026-11-24T22:50:00.000Z');

beforeEach(async () => {
  startMs += 4 * 60 * MINUTE_MS;
  vi.useFakeTimers({ toFake: ['Date'], now: startMs });
  await rollUpMetrics(requestId);
});

const atMinute = (minute: number) => vi.setSystemTime(startMs + minute * MINUTE_MS + 1000);

const aCreate = (durationMs: number) => recordEnd('create', { outcome: 'success', durationMs, requestId });

const flush = (isEnding = false) => flushMetrics({ everyMs: 10_000, isEnding, requestId });

async function read(step: Step) {
  const from = new Date(startMs).toISOString();
  const { series } = await readMetrics({ series: ['create'], from, step }, requestId);
  return (series.create ?? []).map(({ count, p50, state, instances }) => ({ count, p50, state, instances }));
}

async function twoMinutesAroundTheHour() {
  aCreate(10);
  await flush();
  atMinute(11);
  aCreate(1000);
  aCreate(1000);
  await flush(true);
}

describe('the roll-up', () => {
  it('adds minutes up to hours and hours to a day, with percentiles of all that was counted', async () => {
    await twoMinutesAroundTheHour();
    atMinute(130);
    await rollUpMetrics(requestId);

    const [first, second] = await read('hour');
    expect(first).toMatchObject({ count: 1, state: 'complete', instances: 1 });
    expect(second).toMatchObject({ count: 2, state: 'complete' });
    const [day] = await read('day');
    expect(day).toMatchObject({ count: 3, state: 'partial' });
    expect((day?.p50 ?? 0) / 1000).toBeCloseTo(1, 0);
  });

  it('changes nothing when it is done again, by whomever', async () => {
    await twoMinutesAroundTheHour();
    atMinute(130);
    await rollUpMetrics(requestId);
    const before = [await read('hour'), await read('day')];

    await rollUpMetrics(requestId);
    atMinute(140);
    const hours = await inNewProcess(async () => {
      const other = await import('@/lib/server/metrics/roll-up-metrics');
      return other.rollUpMetrics(requestId);
    });

    expect(hours).toBeGreaterThan(0);
    expect([await read('hour'), await read('day')]).toEqual(before);
  });

  it('is done by one process at a time', async () => {
    const hours = await inNewProcess(async () => {
      const other = await import('@/lib/server/metrics/roll-up-metrics');
      return other.rollUpMetrics(requestId);
    });

    expect(hours).toBe(0);
  });

  it('adds a minute that arrives long after its hour was closed', async () => {
    aCreate(10);
    await flush();
    aCreate(10);
    const tableIsBack = failCalls('ThrottlingException', { table: env.METRICS_TABLE, command: 'UpdateItem' });
    atMinute(40);
    await flush();
    tableIsBack();
    await rollUpMetrics(requestId);
    expect((await read('hour'))[0]).toMatchObject({ count: 1, state: 'partial' });
    const [before] = await read('day');

    await flush(true);
    atMinute(45);
    await rollUpMetrics(requestId);

    expect((await read('hour'))[0]).toMatchObject({ count: 2, state: 'complete' });
    expect((await read('day'))[0]).toMatchObject({ count: (before?.count ?? 0) + 1 });
  });

  it('makes up for the hours in which nobody did it', async () => {
    await twoMinutesAroundTheHour();
    atMinute(170);
    await rollUpMetrics(requestId);

    expect(await read('hour')).toMatchObject([
      { count: 1, state: 'complete' },
      { count: 2, state: 'complete' },
      { count: 0, state: 'silent' },
      { count: 0, state: 'partial' },
    ]);
  });
});
