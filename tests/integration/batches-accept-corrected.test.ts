import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { GET as getMappings, POST as postMapping } from '@/app/api/batches/mappings/route';
import { GET as template } from '@/app/api/batches/template/route';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { savedMappingSchema } from '@/lib/shared/batch-mapping';
import { accepted, batchPart, previewOf, refused, rejectedOf } from '@/tests/support/batch-calls';
import { contentOf } from '@/tests/support/batch-files';
import { aCourse } from '@/tests/support/factories';
import { cookieOf } from '@/tests/support/session';

let cookie = '';
let courseId = '';

beforeAll(async () => {
  ({ cookie } = await cookieOf('admin'));
  courseId = await aCourse();
});

/** A file with one valid row and the given ones. */
const aFile = (...rows: string[]) =>
  ['courseId;title;type;note', ...rows, `${courseId};${randomUUID()};quiz;`].join('\n');

async function rejectedRows(batchId: string) {
  const response = await rejectedOf(cookie, batchId);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { response, bytes, ...(await contentOf(bytes)) };
}

describe('the file of rejected rows', () => {
  it('has the own columns and delimiter of the file, the reasons beside them, and a name that leads back', async () => {
    const { batchId } = await accepted({ cookie, file: aFile(`${courseId};"a;b";walk;"x\ny"`) });

    const { response, bytes, delimiter, columns, rows } = await rejectedRows(batchId);

    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="rejected-${batchId}.csv"`,
    );
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(delimiter).toBe(';');
    expect(columns).toEqual(['courseId', 'title', 'type', 'note', 'error_code', 'error', 'field']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      [courseId, 'a;b', 'walk', 'x\ny', 'VALIDATION_ERROR', expect.stringContaining('Choose one of'), 'type'],
    ]);
  });

  it('runs no formula in a spreadsheet and leaves negative numbers as they are', async () => {
    const { batchId } = await accepted({
      cookie,
      file: aFile(`${courseId};=cmd();walk;-12,5`, `${courseId};@x;walk;-a`),
    });

    const { rows } = await rejectedRows(batchId);

    expect(rows.map(({ cells }) => [cells[1], cells[3]])).toEqual([
      ["'=cmd()", '-12,5'],
      ["'@x", "'-a"],
    ]);
  });

  it('holds what was rejected while the batch ran and what was cancelled, in the order of the file', async () => {
    const { batchId } = await accepted({
      cookie,
      file: aFile(`${courseId};a;quiz;`, `${courseId};b;walk;`, `${courseId};c;quiz;`, `${courseId};d;quiz;`),
    });
    await documentClient.send(
      new UpdateCommand({
        TableName: env.BATCHES_TABLE,
        Key: { batchId, part: 'C#0000001' },
        UpdateExpression: 'SET #state = :state, outcomes = :outcomes, lateRejections = :late',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':state': 'committed',
          ':outcomes': 'rcxc',
          ':late': [{ rowNumber: 2, code: 'CONDITIONAL_FAILED', field: 'assignmentId', message: 'Taken' }],
        },
      }),
    );

    const { rows } = await rejectedRows(batchId);

    expect(rows.map(({ cells }) => [cells[1], cells[4]])).toEqual([
      ['a', 'CONDITIONAL_FAILED'],
      ['b', 'VALIDATION_ERROR'],
      ['d', 'CANCELLED'],
    ]);
  });

  it('holds every row of a chunk that was cancelled as a whole', async () => {
    const { batchId } = await accepted({ cookie, file: aFile(`${courseId};a;quiz;`) });
    await documentClient.send(
      new UpdateCommand({
        TableName: env.BATCHES_TABLE,
        Key: { batchId, part: 'C#0000001' },
        UpdateExpression: 'SET #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': 'cancelled' },
      }),
    );

    const { rows } = await rejectedRows(batchId);
    expect(rows.map(({ cells }) => cells[4])).toEqual(['CANCELLED', 'CANCELLED']);
  });

  it('of a batch that does not exist is NOT_FOUND', async () => {
    expect((await rejectedOf(cookie, 'batch_none')).status).toBe(404);
  });
});

describe('a corrected file', () => {
  it('is linked to the batch in its name, and its cells are what they were', async () => {
    const first = await accepted({ cookie, file: aFile(`${courseId};=cmd();walk;`) });
    const { bytes } = await rejectedRows(first.batchId);
    const corrected = Buffer.from(bytes).toString('utf8').replace('walk', 'quiz');

    const filename = `rejected-${first.batchId}.csv`;
    const second = await accepted({ cookie, file: corrected, query: { filename } });

    expect(second).toMatchObject({ corrects: first.batchId, rows: 1, waiting: 1 });
    expect(await batchPart(first.batchId)).toMatchObject({ correctedBy: [second.batchId] });
    const { sample, ignoredColumns } = await previewOf(cookie, second.batchId);
    expect(sample[0]?.assignment.title).toBe('=cmd()');
    expect(ignoredColumns).toEqual(['note']);
  });

  it('that is still wrong can be downloaded and corrected once more, with each reason once', async () => {
    const first = await accepted({ cookie, file: aFile(`${courseId};=x;walk;`) });
    const { bytes } = await rejectedRows(first.batchId);
    const second = await accepted({
      cookie,
      file: bytes,
      query: { filename: `rejected-${first.batchId} (1).csv` },
    });
    expect(second).toMatchObject({ corrects: first.batchId, rejected: 1 });

    const { columns, rows } = await rejectedRows(second.batchId);
    expect(columns).toEqual(['courseId', 'title', 'type', 'note', 'error_code', 'error', 'field']);
    expect(rows[0]?.cells.slice(0, 2)).toEqual([courseId, "'=x"]);
  });

  it('says which batch it corrects under any name', async () => {
    const first = await accepted({ cookie, file: aFile() });
    const second = await accepted({ cookie, file: aFile(), query: { corrects: first.batchId } });
    expect(second.corrects).toBe(first.batchId);
  });

  it('of a batch that does not exist is refused', async () => {
    expect(await refused({ cookie, file: aFile(), query: { corrects: 'batch_none' } })).toMatchObject({
      status: 400,
      fields: ['corrects'],
    });
  });
});

describe('the template', () => {
  const templateOf = (format: string) =>
    template(new Request(`http://127.0.0.1/api/batches/template?format=${format}`, { headers: { cookie } }), {
      params: Promise.resolve({}),
    });

  it.each(['csv', 'json'])('in %s is a valid file once its course exists', async (format) => {
    const response = await templateOf(format);
    const contentType = response.headers.get('content-type') ?? '';
    const file = (await response.text()).replace('AAA-2013J', courseId);

    const batch = await accepted({ cookie, file, headers: { 'content-type': contentType } });

    expect(batch).toMatchObject({ rows: 1, waiting: 1, format });
    const { ignoredColumns, sample } = await previewOf(cookie, batch.batchId);
    expect(ignoredColumns).toEqual([]);
    expect(sample[0]?.assignment).toMatchObject({ title: 'Essay on tides', points: 100 });
  });

  it('tells the allowed values', async () => {
    expect(await (await templateOf('csv')).text()).toContain(
      'homework, quiz, exam, project, discussion, lab',
    );
  });
});

describe('a saved mapping', () => {
  const save = async (columns: string[], name: string) => {
    const mapping = {
      fields: {
        courseId: { constant: courseId },
        title: { columns: [columns[0]] },
        type: { constant: 'lab' },
      },
    };
    const request = new Request('http://127.0.0.1/api/batches/mappings', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ name, columns, mapping }),
    });
    const response = await postMapping(request, { params: Promise.resolve({}) });
    return savedMappingSchema.parse((await response.json()).data);
  };

  it('is listed, recognised by its header and taken by its id', async () => {
    const column = `c${randomUUID()}`;
    const { mappingId } = await save([column, 'other'], 'Lab days');

    const request = new Request('http://127.0.0.1/api/batches/mappings', { headers: { cookie } });
    const listed = await (await getMappings(request, { params: Promise.resolve({}) })).json();
    expect(listed.data.items).toContainEqual(expect.objectContaining({ mappingId, name: 'Lab days' }));

    const recognised = await accepted({ cookie, file: `other,${column}\n1,Tides\n` });
    expect(await previewOf(cookie, recognised.batchId)).toMatchObject({ mappingName: 'Lab days', valid: 1 });

    const chosen = await accepted({
      cookie,
      file: `${column},more\nTides,1\n`,
      query: { mapping: mappingId },
    });
    expect(await previewOf(cookie, chosen.batchId)).toMatchObject({
      mappingName: 'Lab days',
      ignoredColumns: ['more'],
    });
  });
});
