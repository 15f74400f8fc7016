import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as getReplay } from '@/app/api/objectives/[ruleId]/replay/route';
import { GET as getObjectives } from '@/app/api/objectives/route';
import { startBatch } from '@/lib/server/batches/start-batch';
import { flushMetrics } from '@/lib/server/metrics/flush-metrics';
import { recordEnd } from '@/lib/server/metrics/record';
import { judgeAll } from '@/lib/server/objectives/judge-all';
import { replayRule } from '@/lib/server/objectives/replay-rule';
import { newRequestId } from '@/lib/server/request-id';
import { objectivesSchema, replaySchema } from '@/lib/shared/objective';
import type { Role } from '@/lib/shared/permissions';
import { aReadyBatch } from '@/tests/support/batches';
import { HOUR, MINUTE, NOON } from '@/tests/support/metric-series';
import { cookieOf } from '@/tests/support/session';

const requestId = newRequestId();

let startMs = NOON;

beforeEach(() => {
  // Days of its own for each test, on which nobody else has counted.
  startMs += 96 * HOUR;
  vi.useFakeTimers({ toFake: ['Date'], now: startMs });
});

const iso = (afterMs: number) => new Date(startMs + afterMs).toISOString();

/** Creates of one minute after the start, stored as processes store them. */
async function creates(minute: number, { success = 0, failed = 0 }): Promise<void> {
  vi.setSystemTime(startMs + minute * MINUTE + 5000);
  const ended = { durationMs: 30, requestId };
  if (success > 0) recordEnd('create', { outcome: 'success', count: success, ...ended });
  if (failed > 0) recordEnd('create', { outcome: 'THROTTLING', count: failed, ...ended });
  await flushMetrics({ everyMs: 10_000, isEnding: false, requestId });
}

async function badRules(): Promise<string[]> {
  const judgements = await judgeAll(requestId);
  return judgements.filter(({ isBad }) => isBad).map(({ ruleId }) => ruleId);
}

async function objectivesOf(role: Role) {
  const { cookie } = await cookieOf(role);
  const request = new Request('http://127.0.0.1/api/objectives', { headers: { cookie } });
  const response = await getObjectives(request, { params: Promise.resolve({}) });
  return objectivesSchema.parse((await response.json()).data);
}

async function callReplay(ruleId: string, query: string) {
  const { cookie } = await cookieOf('auditor');
  const request = new Request(`http://127.0.0.1/api/objectives/any/replay?${query}`, { headers: { cookie } });
  return getReplay(request, { params: Promise.resolve({ ruleId }) });
}

describe('what is counted', () => {
  it('is judged as soon as it is stored, and found good again two minutes after it has ended', async () => {
    await creates(0, { success: 200 });
    expect(await badRules()).toEqual([]);

    await creates(1, { success: 10, failed: 20 });
    expect(await badRules()).toContain('creates-fail-now');

    vi.setSystemTime(startMs + 3 * MINUTE + 1);
    expect(await badRules()).not.toContain('creates-fail-now');
  });

  it('spends error budgets, and pages while they go fast', async () => {
    for (const minute of [0, 3, 5]) await creates(minute, { success: 180, failed: 20 });

    const { objectives, rules } = await objectivesOf('ops');

    expect(objectives[0]).toMatchObject({
      objectiveId: 'create-success',
      total: 600,
      bad: 60,
      since: iso(0),
    });
    expect(objectives[0]?.budgetLeft).toBeCloseTo(-99);
    expect(rules.filter(({ isBad }) => isBad).map(({ ruleId }) => ruleId)).toEqual([
      ...['creates-fail-now', 'burn-page-create-success', 'burn-ticket-create-success'],
    ]);
  });

  it('is forecast for running batches to those who may read batches', async () => {
    const { batchId, actor } = await aReadyBatch({ chunks: [5] });
    await startBatch(batchId, actor, requestId);
    const batchesFor = async (role: Role) =>
      (await objectivesOf(role)).forecasts.filter((forecast) => forecast.batchId === batchId);

    expect(await batchesFor('ops')).toMatchObject([{ kind: 'batch', title: 'rows.csv ends' }]);
    expect(await batchesFor('instructor')).toEqual([]);
  });
});

describe('a rule over past data', () => {
  it('shows when it would have fired', async () => {
    await creates(0, { success: 20 });
    await creates(2, { success: 20, failed: 20 });
    await creates(6, { success: 20 });
    vi.setSystemTime(startMs + HOUR);

    const response = await callReplay('creates-fail-now', `from=${iso(0)}&to=${iso(10 * MINUTE)}`);

    const { firings, changes } = replaySchema.parse((await response.json()).data);
    expect(firings).toMatchObject([{ from: iso(3 * MINUTE), to: iso(5 * MINUTE) }]);
    expect(changes.map(({ state }) => state)).toEqual(['ok', 'firing', 'ok']);
  });

  it('looks back before the time that is asked for', async () => {
    for (const minute of [0, 20, 40, 58]) await creates(minute, { success: 200, failed: 100 });
    vi.setSystemTime(startMs + 3 * HOUR);

    const range = { from: iso(HOUR), to: iso(2 * HOUR) };
    const { firings } = await replayRule('burn-page-create-success', range, requestId);

    expect(firings[0]?.from).toBe(iso(HOUR));
  });

  it('is refused for a rule that is unknown, and for more time than is read at once', async () => {
    expect((await callReplay('none', `from=${iso(-HOUR)}&to=${iso(0)}`)).status).toBe(404);
    expect((await callReplay('throttled-now', `from=${iso(-80 * HOUR)}&to=${iso(0)}`)).status).toBe(400);
    expect((await callReplay('throttled-now', `from=${iso(HOUR)}&to=${iso(2 * HOUR)}`)).status).toBe(400);
  });
});
