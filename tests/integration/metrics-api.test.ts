import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as exemplarsRoute from '@/app/api/metrics/exemplars/route';
import * as exportRoute from '@/app/api/metrics/export/route';
import * as prometheusRoute from '@/app/api/metrics/prometheus/route';
import * as metricsRoute from '@/app/api/metrics/route';
import { env } from '@/lib/server/env';
import { flushMetrics } from '@/lib/server/metrics/flush-metrics';
import { isSomebodyLooking } from '@/lib/server/metrics/reading-mark';
import { measureGauge, recordEnd, recordThrottle } from '@/lib/server/metrics/record';
import { newRequestId } from '@/lib/server/request-id';
import { exemplarsSchema, metricsSchema } from '@/lib/shared/metrics';
import { cookieOf } from '@/tests/support/session';

const TOKEN = 'a-token-for-prometheus';
const slow = newRequestId();
const refused = newRequestId();

let cookie: string;

beforeAll(async () => {
  ({ cookie } = await cookieOf('auditor'));
  measureGauge('in_flight', () => 7);
  recordEnd('retry', { outcome: 'success', durationMs: 3, requestId: newRequestId() });
  recordEnd('retry', { outcome: 'success', durationMs: 800, requestId: slow });
  recordEnd('retry', { outcome: 'THROTTLING', durationMs: 3, requestId: refused });
  recordThrottle('retry', '=TableThrottled', 'table/A', 2);
  await flushMetrics({ everyMs: 10_000, isEnding: false, requestId: newRequestId() });
});

afterEach(() => {
  env.METRICS_TOKEN = undefined;
});

type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;

const get = (
  handler: Handler,
  query: Record<string, string> = {},
  headers: Record<string, string> = { cookie },
) =>
  handler(new Request(`http://127.0.0.1/api/metrics?${new URLSearchParams(query)}`, { headers }), {
    params: Promise.resolve({}),
  });

const aroundNow = () => ({
  from: new Date(Date.now() - 5 * 60_000).toISOString(),
  to: new Date(Date.now() + 60_000).toISOString(),
});

async function dataOf(response: Response): Promise<unknown> {
  return (await response.json()).data;
}

describe('GET /api/metrics', () => {
  it('answers the last hour of all series in minutes, and the gauges of the processes', async () => {
    const metrics = metricsSchema.parse(await dataOf(await get(metricsRoute.GET)));

    expect(metrics.step).toBe('minute');
    expect([60, 61]).toContain(metrics.series.retry?.length);
    expect(Object.keys(metrics.series)).toHaveLength(8);
    expect(metrics.gauges.at(-1)?.last.in_flight).toBe(7);
  });

  it('tells all processes that somebody looks', async () => {
    await get(metricsRoute.GET);

    expect(await isSomebodyLooking()).toBe(true);
  });

  it.each([
    [{ from: '2026-11-25T10:00:00Z', to: '2026-11-25T09:00:00Z' }, 'from'],
    [{ from: '2026-11-01T10:00:00Z', to: '2026-11-25T09:00:00Z', step: 'minute' }, 'step'],
    [{ series: 'create,pets' }, 'series.1'],
  ])('refuses %j and names the field', async (query, field) => {
    const response = await get(metricsRoute.GET, query);

    expect(response.status).toBe(400);
    expect((await response.json()).details.fields[0].field).toBe(field);
  });
});

describe('GET /api/metrics/exemplars', () => {
  const requestsFor = async (query: Record<string, string>) => {
    const response = await get(exemplarsRoute.GET, { series: 'retry', ...aroundNow(), ...query });
    return exemplarsSchema.parse(await dataOf(response)).exemplars.map(({ requestId }) => requestId);
  };

  it('names a request of a bucket, and one that ended with a code', async () => {
    expect(await requestsFor({ bucket: '39' })).toEqual([slow]);
    expect(await requestsFor({ code: 'THROTTLING' })).toEqual([refused]);
    expect(await requestsFor({})).toEqual(expect.arrayContaining([slow, refused]));
    expect(await requestsFor({ code: 'FORBIDDEN' })).toEqual([]);
  });
});

describe('GET /api/metrics/export', () => {
  it('is a row per point, empty where nobody reported, and runs no formula', async () => {
    const response = await get(exportRoute.GET, { series: 'retry', ...aroundNow() });

    expect(response.headers.get('content-disposition')).toMatch(/metrics-minute-.*\.csv/);
    const [header, ...rows] = (await response.text()).trim().split('\r\n');
    expect(header).toMatch(/series,at,state,count,succeeded,/);
    expect(rows.some((row) => row.includes('partial,3,2,"THROTTLING 1; success 2"'))).toBe(true);
    expect(rows.some((row) => row.includes(",'=TableThrottled table/A 2,"))).toBe(true);
    expect(rows[0]).toMatch(/silent,,,,/);
  });
});

describe('GET /api/metrics/prometheus', () => {
  const scrape = (authorization: string) => get(prometheusRoute.GET, {}, { authorization });

  it('does not exist unless a token is configured', async () => {
    expect((await scrape(`Bearer ${TOKEN}`)).status).toBe(404);
  });

  it('answers nobody without the token', async () => {
    env.METRICS_TOKEN = TOKEN;

    expect((await scrape('Bearer a-token-for-prometheuS')).status).toBe(401);
    expect((await get(prometheusRoute.GET)).status).toBe(401);
  });

  it('tells all that this process has counted since its start, written or not', async () => {
    env.METRICS_TOKEN = TOKEN;
    recordEnd('retry', { outcome: 'success', durationMs: 3, requestId: newRequestId() });

    const response = await scrape(`Bearer ${TOKEN}`);

    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await response.text()).split('\n');
    expect(lines).toContain('assignment_desk_operations_total{series="retry",outcome="success"} 3');
    expect(lines).toContain('assignment_desk_duration_seconds_bucket{series="retry",le="+Inf"} 4');
    expect(lines).toContain('assignment_desk_in_flight 7');
  });
});
