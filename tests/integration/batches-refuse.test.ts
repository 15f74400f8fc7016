import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { accepted, batchPart, listedBatches, partsOf, refused, send } from '@/tests/support/batch-calls';
import { aCourse } from '@/tests/support/factories';
import { cookieOf } from '@/tests/support/session';

const HEADER = 'courseId,title,type,dueAt';

let cookie = '';
let courseId = '';

beforeAll(async () => {
  ({ cookie } = await cookieOf('admin'));
  courseId = await aCourse();
});

/** A file that nobody else in the run sends. */
const aFile = (...rows: string[]) => [HEADER, ...rows, `${courseId},${randomUUID()},quiz,`].join('\n');

const sha256 = (file: string | Buffer) => createHash('sha256').update(file);
const digestOf = (file: string | Buffer) => ({
  'content-digest': `sha-256=:${sha256(file).digest('base64')}:`,
});

async function assignmentCount(): Promise<number> {
  const { Count = 0 } = await documentClient.send(
    new ScanCommand({ TableName: env.ASSIGNMENTS_TABLE, Select: 'COUNT' }),
  );
  return Count;
}

describe('a file that is refused', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, number, string]>([
    ['that is empty', '', 400, 'VALIDATION_ERROR'],
    ['with a header only', `${HEADER}\n`, 400, 'VALIDATION_ERROR'],
    ['with a duplicate header', 'title,title\na,b\n', 400, 'VALIDATION_ERROR'],
    ['that is a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 400, 'VALIDATION_ERROR'],
    ['with a quote that is never closed', `${HEADER}\n"a,b\n`, 400, 'VALIDATION_ERROR'],
    ['with a cell of 10 MB', `${HEADER}\n${'x'.repeat(10 * 1024 * 1024)},a,b,c\n`, 413, 'PAYLOAD_TOO_LARGE'],
    [
      'that is a gzip bomb',
      new Uint8Array(gzipSync(`${HEADER}\n${`${'x'.repeat(30_000)}\n`.repeat(2000)}`)),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('%s leaves a batch that says why, and nothing else', async (_, file, status, code) => {
    const fileName = `${randomUUID()}.csv`;

    const refusal = await refused({ cookie, file, query: { filename: fileName } });

    expect(refusal).toMatchObject({ status, code });
    const batch = (await listedBatches()).find((listed) => listed.fileName === fileName);
    expect(batch).toMatchObject({
      state: 'failed_to_receive',
      failure: { code, message: refusal.message },
      rows: 0,
      finishedAt: expect.any(String),
    });
    expect(await partsOf(batch?.batchId ?? '')).toEqual(['META']);
    expect(await batchPart(batch?.batchId ?? '')).not.toHaveProperty('activeKey');
    expect(await assignmentCount()).toBe(0);
  });

  it('after rows were stored takes them away again', async () => {
    const fileName = `${randomUUID()}.csv`;
    const rows = Array.from({ length: 600 }, (_, at) => `${courseId},${at},quiz,`);
    const file = `${[HEADER, ...rows].join('\n')}\n"open`;

    expect(await refused({ cookie, file, query: { filename: fileName } })).toMatchObject({ status: 400 });

    const batch = (await listedBatches()).find((listed) => listed.fileName === fileName);
    expect(await partsOf(batch?.batchId ?? '')).toEqual(['META']);
  });

  it('because the upload was cut in the middle says so', async () => {
    const fileName = `${randomUUID()}.csv`;
    const pieces = [`${HEADER}\n`, `${courseId},a,quiz,\n`].map((text) => Buffer.from(text));
    const file = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.error(new Error('aborted'));
      },
    });

    expect(await refused({ cookie, file, query: { filename: fileName } })).toMatchObject({
      status: 400,
      message: expect.stringContaining('ended before the file was complete'),
    });

    const batch = (await listedBatches()).find((listed) => listed.fileName === fileName);
    expect(batch).toMatchObject({ state: 'failed_to_receive', rows: 0 });
  });

  it('because fewer bytes came than announced, or others, says so', async () => {
    const file = aFile();
    expect(await refused({ cookie, file, headers: { 'content-length': '99999' } })).toMatchObject({
      status: 400,
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('before the file was complete'),
    });
    expect(await refused({ cookie, file, headers: digestOf(`${file}x`) })).toMatchObject({
      status: 400,
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('changed on its way'),
    });
    expect(await refused({ cookie, file, headers: { 'content-digest': 'md5=:abc:' } })).toMatchObject({
      status: 400,
      fields: ['Content-Digest'],
    });
    expect(await accepted({ cookie, file, headers: digestOf(file) })).toMatchObject({ state: 'ready' });
  });

  it('from a person without the right is not looked at', async () => {
    const { cookie: other } = await cookieOf('instructor');
    expect(await refused({ cookie: other, file: aFile() })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it('in parts is taken off the connection to its end, so that the answer can be read', async () => {
    let taken = 0;
    const piece = Buffer.from('x'.repeat(64 * 1024));
    const file = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += 1;
        if (taken <= 40) controller.enqueue(piece);
        else controller.close();
      },
    });

    expect((await send({ cookie, file })).status).toBe(413);

    await expect.poll(() => taken).toBeGreaterThan(40);
  });
});

describe('the same file', () => {
  it('is pointed out with the batch that it became, whether its digest is announced or not', async () => {
    const file = aFile();
    const first = await accepted({ cookie, file, query: { filename: 'first.csv' } });

    for (const headers of [digestOf(file), {}]) {
      expect(await refused({ cookie, file, headers })).toMatchObject({
        status: 409,
        code: 'CONDITIONAL_FAILED',
        errorClass: 'business',
        message: expect.stringContaining('"first.csv"'),
        current: { batchId: first.batchId, fileName: 'first.csv' },
      });
    }
  });

  it('is accepted once more when that is said', async () => {
    const file = aFile();
    const first = await accepted({ cookie, file });
    const second = await accepted({ cookie, file, query: { again: 'true' }, headers: digestOf(file) });
    expect(second.batchId).not.toBe(first.batchId);

    expect(await refused({ cookie, file })).toMatchObject({ current: { batchId: second.batchId } });
  });

  it('sent twice at once is accepted once', async () => {
    const file = aFile();
    const statuses = await Promise.all([1, 2].map(async () => (await send({ cookie, file })).status));
    expect(statuses.sort()).toEqual([202, 409]);
  });

  it('that was refused may be sent again', async () => {
    const file = aFile();
    await refused({ cookie, file, headers: { 'content-length': '99999' } });
    expect(await accepted({ cookie, file })).toMatchObject({ state: 'ready' });
  });
});
