import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { inNewProcess } from '@/tests/support/new-process';
import { cookieOf } from '@/tests/support/session';

const spanSchema = z.object({
  name: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  attributes: z.array(
    z.object({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) }),
  ),
});

const exportSchema = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) })),
});

type Span = z.infer<typeof spanSchema>;

const received: Span[] = [];

const collector = createServer(async (request, response) => {
  const chunks = await request.toArray();
  const { resourceSpans } = exportSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
  received.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
  response.setHeader('content-type', 'application/json').end('{}');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
  vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json');
  vi.stubEnv('TRACES', 'on');
});

afterAll(() => {
  collector.close();
});

const requestIdOf = ({ attributes }: Span) =>
  attributes.find(({ key }) => key === 'assignment_desk.request_id')?.value.stringValue;

/** Sign-in and the AWS client make spans of their own in between. */
function rootOf(span: Span): Span {
  const parent = received.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? rootOf(parent) : span;
}

it('A trace of a request carries its ID, and its calls to DynamoDB as spans below it', async () => {
  const { cookie } = await cookieOf('auditor');
  const requestId = await inNewProcess(async () => {
    const { startTraces } = await import('@/lib/server/traces/start-traces');
    const { trace } = await import('@opentelemetry/api');
    await startTraces();
    const route = await import('@/app/api/courses/route');
    const request = new Request('http://127.0.0.1/api/courses', { headers: { cookie } });
    const response = await trace.getTracer('test').startActiveSpan('GET /api/courses', async (span) => {
      const answer = await route.GET(request, { params: Promise.resolve({}) });
      span.end();
      return answer;
    });
    return response.headers.get('X-Request-Id');
  });

  await expect.poll(() => received.find(({ name }) => name === 'GET /api/courses')).toBeDefined();
  const parent = received.find(({ name }) => name === 'GET /api/courses');
  const calls = received.filter(({ name }) => name.startsWith('dynamodb:'));
  expect(parent && requestIdOf(parent)).toBe(requestId);
  expect(calls.length).toBeGreaterThan(0);
  for (const call of calls) {
    expect(rootOf(call)).toBe(parent);
    expect(requestIdOf(call)).toBe(requestId);
  }
});
