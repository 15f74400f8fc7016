import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { GET as download } from '@/app/api/failed-items/file/route';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { accepted, previewOf, rejectedOf } from '@/tests/support/batch-calls';
import { contentOf } from '@/tests/support/batch-files';
import { numbersOf } from '@/tests/support/batches';
import { aCourse, anAssignment, assignmentsOf } from '@/tests/support/factories';
import { act, itemOf, OPS, retry, rowId } from '@/tests/support/failed-items';
import { leaveUnprocessed, loseAnswers } from '@/tests/support/faults';
import { cookieOf } from '@/tests/support/session';
import { storeAssignment } from '@/tests/support/store-assignment';

let cookie = '';
let courseId = '';

beforeAll(async () => {
  ({ cookie } = await cookieOf('admin'));
});

async function run(batchId: string): Promise<void> {
  await startBatch(batchId, OPS, newRequestId());
  await lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });
}

/** A file whose rows 3 and 4 fail while it runs. */
async function aFileWithFailures(): Promise<string> {
  courseId = await aCourse();
  const id = randomUUID();
  const file = [
    'Kurs;Titel;Typ;note',
    `${courseId};First ${id};quiz;`,
    `${courseId};"=Second; ${id}";quiz;"x\ny"`,
    `${courseId};Third ${id};quiz;-12,5`,
  ].join('\n');
  const { batchId } = await accepted({ cookie, file });
  const isOver = leaveUnprocessed(['"=Second', '"Third'], { table: env.ASSIGNMENTS_TABLE });
  await run(batchId);
  isOver();
  return batchId;
}

async function fileOf(query: Record<string, string>) {
  const address = `http://127.0.0.1/api/failed-items/file?${new URLSearchParams(query)}`;
  const response = await download(new Request(address, { headers: { cookie } }), {
    params: Promise.resolve({}),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { response, bytes, text: Buffer.from(bytes).toString('utf8') };
}

const nameIn = (response: Response) =>
  /filename="(.+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';

/** Uploads a file under its own name, and runs its batch. */
async function uploadAgain(text: string, filename: string, query: Record<string, string> = {}) {
  const batch = await accepted({ cookie, file: text, query: { filename, ...query } });
  await run(batch.batchId);
  return batch;
}

const titlesOf = async () => (await assignmentsOf(courseId)).map(({ title }) => String(title)).sort();

describe('the file of failed items', () => {
  it('of one batch has the columns and delimiter of its file, the causes and the items beside them', async () => {
    const batchId = await aFileWithFailures();

    const { response, bytes } = await fileOf({ batchId });

    expect(nameIn(response)).toBe(`failed-${batchId}.csv`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const { delimiter, columns, rows } = await contentOf(bytes);
    expect(delimiter).toBe(';');
    expect(columns).toEqual(['Kurs', 'Titel', 'Typ', 'note', 'error_code', 'error', 'field', 'failed_item']);
    const ours = ['THROTTLING', expect.stringContaining('throttled'), ''];
    expect(rows.map(({ cells }) => cells)).toEqual([
      [courseId, expect.stringMatching(/^'=Second; /), 'quiz', 'x\ny', ...ours, rowId({ batchId }, 3)],
      [courseId, expect.stringMatching(/^Third /), 'quiz', '-12,5', ...ours, rowId({ batchId }, 4)],
    ]);
  });

  it('of several has the columns of the template, and holds what a filter matches', async () => {
    const batchId = await aFileWithFailures();
    await act([rowId({ batchId }, 4)], { action: 'discard', reason: 'Not needed' });

    const { response, bytes } = await fileOf({ courseId });

    expect(nameIn(response)).toMatch(/^failed-items-\d{4}-\d\d-\d\d\.csv$/);
    const { columns, rows } = await contentOf(bytes);
    expect(columns.slice(0, 4)).toEqual(['courseId', 'title', 'description', 'type']);
    expect(columns.slice(-5)).toEqual(['assignmentId', 'error_code', 'error', 'field', 'failed_item']);
    expect(rows).toHaveLength(1);
    const { assignmentId } = await itemOf(rowId({ batchId }, 3));
    expect(rows[0]?.cells).toContain(assignmentId);
  });

  it('of a batch that does not exist is NOT_FOUND, and nothing for instructors', async () => {
    expect((await fileOf({ batchId: 'batch_none' })).response.status).toBe(404);
    const instructor = await cookieOf('instructor');
    const request = new Request('http://127.0.0.1/api/failed-items/file', {
      headers: { cookie: instructor.cookie },
    });
    expect((await download(request, { params: Promise.resolve({}) })).status).toBe(403);
  });
});

describe('a corrected file of failed items', () => {
  it('creates each row once: its items are discarded, and say by which batch', async () => {
    const batchId = await aFileWithFailures();
    const { response, text } = await fileOf({ batchId });

    const correction = await uploadAgain(text.replace('Third', 'Better third'), nameIn(response));

    expect(correction.corrects).toBe(batchId);
    expect((await previewOf(cookie, correction.batchId)).ignoredColumns).toEqual(['note']);
    expect(await numbersOf(correction.batchId)).toMatchObject({ state: 'done', created: 2, rejected: 0 });
    for (const row of [3, 4]) {
      expect(await itemOf(rowId({ batchId }, row))).toMatchObject({
        state: 'discarded',
        discardReason: `Corrected by ${correction.batchId}`,
      });
    }
    const titles = await titlesOf();
    expect(titles.map((title) => title.split(' ')[0])).toEqual(['=Second;', 'Better', 'First']);

    await retry([rowId({ batchId }, 3), rowId({ batchId }, 4)]);
    expect(await titlesOf()).toEqual(titles);
  });

  it('leaves nothing to restore: the item has been replaced', async () => {
    const batchId = await aFileWithFailures();
    const { response, text } = await fileOf({ batchId });
    await uploadAgain(text, nameIn(response));

    expect(await act([rowId({ batchId }, 3)], { action: 'restore' })).toMatchObject([{ outcome: 'skipped' }]);

    expect(await itemOf(rowId({ batchId }, 3))).toMatchObject({ state: 'discarded' });
  });

  it('does not double what a retry has created meanwhile, whatever is to happen to taken IDs', async () => {
    const batchId = await aFileWithFailures();
    const { response, text } = await fileOf({ batchId });
    await retry([rowId({ batchId }, 3)]);

    const { batchId: correction } = await uploadAgain(text, nameIn(response), { takenIds: 'new_id' });

    expect(await numbersOf(correction)).toMatchObject({ state: 'done', created: 1, rejected: 1 });
    expect(await titlesOf()).toHaveLength(3);
    const rejected = await contentOf(
      new Uint8Array(await (await rejectedOf(cookie, correction)).arrayBuffer()),
    );
    expect(rejected.rows[0]?.cells.join()).toContain('It has succeeded already');
  });

  it('does not double an item whose write had landed after all', async () => {
    const batchId = await aFileWithFailures();
    const { response, text } = await fileOf({ batchId });
    const { assignmentId, payload } = await itemOf(rowId({ batchId }, 3));
    await storeAssignment(anAssignment({ ...payload, assignmentId: assignmentId ?? '' }));

    const { batchId: correction } = await uploadAgain(text, nameIn(response), { takenIds: 'new_id' });

    expect(await numbersOf(correction)).toMatchObject({ created: 1, rejected: 1 });
    expect(await titlesOf()).toHaveLength(3);
  });

  it('creates each row once when the answers of its commit are lost and its chunk is done again', async () => {
    const batchId = await aFileWithFailures();
    const { response, text } = await fileOf({ batchId });
    const { batchId: correction } = await accepted({
      cookie,
      file: text,
      query: { filename: nameIn(response) },
    });
    const isOver = loseAnswers({ command: 'TransactWriteItems', table: env.COURSES_TABLE, times: 100 });
    await run(correction);
    isOver();

    await lookAfterBatch(correction, { requestId: newRequestId(), isStopping: () => false });

    expect(await numbersOf(correction)).toMatchObject({ state: 'done', created: 2, rejected: 0 });
    expect(await titlesOf()).toHaveLength(3);
  });

  it('made of the template replaces its items as well', async () => {
    const batchId = await aFileWithFailures();
    const { response, text } = await fileOf({ courseId });

    const { batchId: correction } = await uploadAgain(text, nameIn(response));

    expect(await numbersOf(correction)).toMatchObject({ state: 'done', created: 2 });
    expect(await itemOf(rowId({ batchId }, 3))).toMatchObject({ state: 'discarded' });
    const { assignmentId } = await itemOf(rowId({ batchId }, 4));
    expect((await assignmentsOf(courseId)).map((item) => item.assignmentId)).toContain(assignmentId);
  });

  it('with rows of its own besides creates those, too', async () => {
    const batchId = await aFileWithFailures();
    const { response, text } = await fileOf({ batchId });
    const more = `${text}${courseId};Fourth ${randomUUID()};lab;;;;;\r\n`;

    const { batchId: correction } = await uploadAgain(more, nameIn(response));

    expect(await numbersOf(correction)).toMatchObject({ created: 3 });
    expect(await titlesOf()).toHaveLength(4);
  });
});
