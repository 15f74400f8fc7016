import { createServer, type RequestListener, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { api, withQuery } from '@/lib/client/api';
import { AppError } from '@/lib/shared/app-error';

const courseSchema = z.object({ courseId: z.string() });

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  vi.unstubAllGlobals();
});

/** Answers over real HTTP; pages call relative paths, so `fetch` gets the origin that a browser would add. */
async function serve(listener: RequestListener): Promise<void> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const realFetch = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    realFetch(new URL(path, `http://127.0.0.1:${port}`), init),
  );
}

const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

async function failureOf(call: Promise<unknown>): Promise<AppError> {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error('expected an AppError');
  return thrown;
}

it('answers the data of a success', async () => {
  await serve(answering(200, { success: true, data: { courseId: 'AAA-2013J' }, requestId: 'req_1' }));

  await expect(api.get('/api/courses/AAA-2013J', courseSchema)).resolves.toEqual({ courseId: 'AAA-2013J' });
});

it('sends the body as JSON under the idempotency key of the form', async () => {
  await serve(async (request, response) => {
    const data = {
      method: request.method,
      key: request.headers['idempotency-key'],
      body: await json(request),
    };
    response.end(JSON.stringify({ success: true, data, requestId: 'req_1' }));
  });

  const seen = await api.post('/api/courses', { title: 'Ä' }, z.unknown(), { idempotencyKey: 'key-1' });

  expect(seen).toEqual({ method: 'POST', key: 'key-1', body: { title: 'Ä' } });
});

it('keeps code, class, fields, current item, wait and request ID of a failure', async () => {
  const details = {
    error: 'The version is old',
    code: 'CONDITIONAL_FAILED',
    requestId: 'req_1',
    class: 'data',
    action: 'Compare',
    fields: [{ field: 'title', message: 'Enter a title' }],
    current: { version: 2 },
    retryAfterSeconds: 5,
  };
  await serve(answering(409, { success: false, error: 'Failed to update', details }));

  const error = await failureOf(api.patch('/api/assignments/1', {}, courseSchema));

  expect(error).toMatchObject({
    code: 'CONDITIONAL_FAILED',
    message: 'The version is old',
    errorClass: 'data',
    requestId: 'req_1',
    fields: [{ field: 'title', message: 'Enter a title' }],
    current: { version: 2 },
    retryAfterSeconds: 5,
  });
});

it('calls the page of a gateway that is down an error that may pass', async () => {
  await serve(answering(502, '<html>Bad Gateway</html>', { 'X-Request-Id': 'req_1' }));

  const error = await failureOf(api.get('/api/courses', courseSchema));

  expect(error).toMatchObject({ code: 'SYSTEM_ERROR', isRetryable: true, requestId: 'req_1' });
});

it('calls a success of an unknown shape an error that stays', async () => {
  await serve(answering(200, { success: true, data: { id: 1 }, requestId: 'req_1' }));

  const error = await failureOf(api.get('/api/courses', courseSchema));

  expect(error).toMatchObject({ code: 'SYSTEM_ERROR', isRetryable: false });
});

it('calls a server out of reach an error that may pass', async () => {
  await serve((request) => request.socket.destroy());

  const error = await failureOf(api.get('/api/courses', courseSchema));

  expect(error).toMatchObject({ code: 'SYSTEM_ERROR', isRetryable: true });
  expect(error.message).toContain('could not be reached');
});

it('puts only the parameters that are set into an address', () => {
  expect(withQuery('/api/courses', { q: 'A B', cursor: null, limit: 25, title: '', order: undefined })).toBe(
    '/api/courses?q=A+B&limit=25',
  );
});
