import http from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import { allowLongUploads } from '@/lib/server/allow-long-uploads';
import { uploadBody } from '@/lib/server/upload-body';

afterEach(() => vi.useRealTimers());

const aRequest = (body: ReadableStream<Uint8Array>) =>
  new Request('http://127.0.0.1/api/batches', { method: 'POST', body, ...{ duplex: 'half' } });

const iteratorOf = (body: ReadableStream<Uint8Array>) =>
  uploadBody(aRequest(body)).bytes[Symbol.asyncIterator]();

it('ends an upload whose caller sends nothing for a minute', async () => {
  vi.useFakeTimers();
  const bytes = iteratorOf(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array([1])) }));
  expect(await bytes.next()).toMatchObject({ done: false });

  const next = expect(bytes.next()).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  await vi.advanceTimersByTimeAsync(60_000);

  await next;
});

it('waits for a caller that is slow but sends', async () => {
  vi.useFakeTimers();
  let pieces = 0;
  const slow = new ReadableStream<Uint8Array>({
    async pull(stream) {
      await new Promise((resolve) => setTimeout(resolve, 50_000));
      if (++pieces > 3) stream.close();
      else stream.enqueue(new Uint8Array([pieces]));
    },
  });
  const bytes = iteratorOf(slow);
  const read = (async () => {
    let count = 0;
    while (!(await bytes.next()).done) count++;
    return count;
  })();

  await vi.advanceTimersByTimeAsync(300_000);

  expect(await read).toBe(3);
});

it('lets a request take longer than the five minutes of Node', async () => {
  allowLongUploads();
  const server = http.createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const before = server.requestTimeout;

  await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);

  expect(before).toBe(300_000);
  expect(server.requestTimeout).toBeGreaterThan(before);
  await new Promise((resolve) => server.close(resolve));
});
