import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { failReceive } from '@/lib/server/batches/accept/fail-receive';
import { findActiveBatches } from '@/lib/server/batches/worker/find-active-batches';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { batchPart, listedBatches, refused, send } from '@/tests/support/batch-calls';
import { aCourse } from '@/tests/support/factories';
import { failCalls } from '@/tests/support/faults';
import { cookieOf } from '@/tests/support/session';

const BEAT_MS = 3000;

let cookie = '';
let courseId = '';

beforeAll(async () => {
  ({ cookie } = await cookieOf('admin'));
  courseId = await aCourse();
});

afterEach(() => {
  vi.useRealTimers();
});

const rows = (count: number) =>
  Array.from({ length: count }, () => `${courseId},${randomUUID()},quiz`).join('\n');

/** A body that a test sends piece by piece; `taken` counts what was asked for. */
function slowBody() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let taken = 0;
  const file = new ReadableStream<Uint8Array>(
    {
      start: (started) => {
        controller = started;
      },
      pull: () => {
        taken += 1;
      },
    },
    { highWaterMark: 0 },
  );
  return {
    file,
    taken: () => taken,
    push: (text: string) => controller?.enqueue(Buffer.from(text)),
    end: () => controller?.close(),
    cut: () => controller?.error(new Error('connection lost')),
  };
}

async function batchNamed(fileName: string) {
  return (await listedBatches()).find((batch) => batch.fileName === fileName);
}

describe('while a file comes', () => {
  it('its batch is receiving and says every few seconds how many rows have come', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const filename = `${randomUUID()}.csv`;
    const body = slowBody();
    const sent = send({ cookie, file: body.file, query: { filename } });
    // More than is looked at before the first row is read.
    body.push(`courseId,title,type\n${rows(2000)}\n`);
    await expect.poll(() => batchNamed(filename)).toMatchObject({ state: 'receiving', rows: 0 });
    const batchId = (await batchNamed(filename))?.batchId ?? '';
    await expect.poll(() => batchPart(batchId, 'C#0000003')).toBeDefined();

    await vi.advanceTimersByTimeAsync(BEAT_MS);

    await expect.poll(async () => (await batchPart(batchId))?.rows).toBeGreaterThanOrEqual(1000);
    const { rows: come, rejected, waiting, receivedAt, createdAt } = (await batchPart(batchId)) ?? {};
    expect(come).toBe(rejected + waiting);
    expect(receivedAt > createdAt).toBe(true);
    body.end();
    expect((await sent).status).toBe(202);
    expect(await batchPart(batchId)).toMatchObject({ state: 'ready', rows: 2000, waiting: 2000 });
  });

  it('it is refused once somebody has ended its batch, and stays ended', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const filename = `${randomUUID()}.csv`;
    const body = slowBody();
    const refusal = refused({ cookie, file: body.file, query: { filename } });
    await expect.poll(() => batchNamed(filename)).toBeDefined();
    const batchId = (await batchNamed(filename))?.batchId ?? '';
    await failReceive(batchId, { code: 'SYSTEM_ERROR', message: 'Ended' }, newRequestId());

    await vi.advanceTimersByTimeAsync(BEAT_MS);
    body.push(`courseId,title,type\n${rows(10)}\n`);
    body.end();

    expect(await refusal).toMatchObject({ status: 409, code: 'CONDITIONAL_FAILED' });
    expect(await batchPart(batchId)).toMatchObject({
      state: 'failed_to_receive',
      failure: { message: 'Ended' },
    });
  });

  it('what is left of it is removed by a worker where the removal was cut', async () => {
    const filename = `${randomUUID()}.csv`;
    const body = slowBody();
    const refusal = refused({ cookie, file: body.file, query: { filename } });
    body.push(`courseId,title,type\n${rows(2000)}\n`);
    await expect.poll(() => batchNamed(filename)).toBeDefined();
    const batchId = (await batchNamed(filename))?.batchId ?? '';
    await expect.poll(() => batchPart(batchId, 'C#0000001')).toBeDefined();
    const recover = failCalls('TimeoutError', { command: 'BatchWriteItem', table: env.BATCHES_TABLE });
    body.cut();
    await refusal;
    expect(await batchPart(batchId, 'R#0000001')).toBeDefined();
    recover();

    await lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });

    expect(await batchPart(batchId, 'R#0000001')).toBeUndefined();
    expect(await batchPart(batchId)).toMatchObject({ state: 'failed_to_receive' });
    expect(await findActiveBatches()).not.toContain(batchId);
  });

  it('the next one waits for its turn instead of filling the memory', async () => {
    const first = slowBody();
    const second = slowBody();
    const names = [`${randomUUID()}.csv`, `${randomUUID()}.csv`] as const;
    const firstSent = send({ cookie, file: first.file, query: { filename: names[0] } });
    await expect.poll(first.taken).toBeGreaterThan(0);
    const secondSent = send({ cookie, file: second.file, query: { filename: names[1] } });
    await expect.poll(() => batchNamed(names[1])).toMatchObject({ state: 'receiving' });
    expect(second.taken()).toBe(0);

    for (const body of [first, second]) {
      body.push(`courseId,title,type\n${rows(1)}\n`);
      body.end();
    }

    expect((await firstSent).status).toBe(202);
    expect((await secondSent).status).toBe(202);
  });
});
