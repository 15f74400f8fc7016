import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { toItem } from '@/lib/server/assignments/assignment-item';
import { unpackRows } from '@/lib/server/batches/chunks/chunk';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import {
  accepted,
  batchPart,
  createOuladCourses,
  OULAD_FILE,
  partsOf,
  previewOf,
  refused,
} from '@/tests/support/batch-calls';
import { aCourse, anAssignment } from '@/tests/support/factories';
import { failCalls } from '@/tests/support/faults';
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

async function assignmentCount(): Promise<number> {
  const { Count = 0 } = await documentClient.send(
    new ScanCommand({ TableName: env.ASSIGNMENTS_TABLE, Select: 'COUNT' }),
  );
  return Count;
}

describe('a file that is accepted', () => {
  it('of OULAD, sent as it is, is ready with its template recognised and every row valid', async () => {
    await createOuladCourses();

    const batch = await accepted({ cookie, file: new Uint8Array(OULAD_FILE) });

    expect(batch).toMatchObject({
      state: 'ready',
      kind: 'import',
      format: 'csv',
      ...{ rows: 206, waiting: 206, rejected: 0, created: 0, failed: 0 },
      sizeBytes: OULAD_FILE.length,
      sha256: sha256(OULAD_FILE).digest('hex'),
    });
    const preview = await previewOf(cookie, batch.batchId);
    expect(preview).toMatchObject({
      mappingName: 'OULAD assessments',
      delimiter: ',',
      encoding: 'utf-8',
      ignoredColumns: [],
      ...{ valid: 206, rejected: 0, courseCount: 22 },
      duplicates: { count: 0 },
      existing: { count: 0, isComplete: true },
    });
    expect(preview.sample).toHaveLength(5);
    expect(preview.byType.reduce((sum, { valid }) => sum + valid, 0)).toBe(206);
    expect(preview.estimate.writeUnits).toBeGreaterThanOrEqual(206 * 3);
    expect(await assignmentCount()).toBe(0);
  });

  it('is stored as it is answered, and nobody has to look after it any more', async () => {
    const batch = await accepted({ cookie, file: aFile() });

    const item = await batchPart(batch.batchId);
    expect(item).toMatchObject(batch);
    expect(item).not.toHaveProperty('activeKey');
    expect(await partsOf(batch.batchId)).toEqual(['C#0000001', 'FILE', 'META', 'R#0000001']);
  });

  it('in gzip, as JSON and as NDJSON gives the same rows', async () => {
    const title = randomUUID();
    const row = { courseId, title, type: 'quiz' };
    const files = [
      { file: new Uint8Array(gzipSync(`courseId,title,type\n${courseId},${title},quiz\n`)), headers: {} },
      { file: JSON.stringify([row]), headers: { 'content-type': 'application/json' } },
      { file: JSON.stringify(row), headers: { 'content-type': 'application/x-ndjson' } },
    ];
    for (const sending of files) {
      const batch = await accepted({ cookie, ...sending });
      const { rows } = await unpackRows((await batchPart(batch.batchId, 'R#0000001'))?.packed);
      expect(rows).toMatchObject([{ assignment: { courseId, title, type: 'quiz' } }]);
    }
  });

  it('with rows that cannot be used keeps the others, and says what is wrong where', async () => {
    const batch = await accepted({
      cookie,
      file: aFile(
        `${courseId},Essay,walk,`,
        `${courseId},Essay,quiz,soon`,
        'NO-SUCH-COURSE,Essay,quiz,',
        `${courseId},Essay,quiz,,too many`,
        `${courseId},Essay,walk,`,
      ),
    });

    expect(batch).toMatchObject({ rows: 6, rejected: 5, waiting: 1 });
    const { causes, byCourse } = await previewOf(cookie, batch.batchId);
    expect(causes.map(({ field, count, rowNumbers }) => [field, count, rowNumbers])).toEqual([
      ['type', 2, [2, 6]],
      ['dueAt', 1, [3]],
      ['courseId', 1, [4]],
      [null, 1, [5]],
    ]);
    expect(byCourse).toContainEqual({ courseId, valid: 1, rejected: 3 });
    expect(byCourse).toContainEqual({ courseId: 'NO-SUCH-COURSE', valid: 0, rejected: 1 });
  });

  it('with rows equal to each other or to an assignment that exists points them out', async () => {
    const own = await aCourse();
    const stored = anAssignment({ courseId: own, title: 'There before', type: 'quiz', dueAt: null });
    const item = toItem(stored, { writeToken: 'x', contentHash: 'x' });
    await documentClient.send(new PutCommand({ TableName: env.ASSIGNMENTS_TABLE, Item: item }));

    const batch = await accepted({
      cookie,
      file: aFile(
        `${own},Twice,quiz,`,
        `${own},There BEFORE,quiz,`,
        `${own},TWICE,quiz,`,
        `${own},Twice,exam,`,
      ),
    });

    const { duplicates, existing } = await previewOf(cookie, batch.batchId);
    expect(duplicates).toEqual({
      count: 1,
      examples: [{ rowNumber: 4, firstRowNumber: 2, courseId: own, title: 'TWICE' }],
    });
    expect(existing).toEqual({
      count: 1,
      isComplete: true,
      examples: [{ rowNumber: 3, assignmentId: stored.assignmentId, courseId: own, title: 'There BEFORE' }],
    });
  });
});

describe('what an accepted file leaves', () => {
  it('with more courses than a chunk may have is several chunks', async () => {
    const courses = await Promise.all(Array.from({ length: 95 }, () => aCourse()));
    const batch = await accepted({ cookie, file: aFile(...courses.map((one) => `${one},Essay,quiz,`)) });

    expect(batch).toMatchObject({ rows: 96, waiting: 96, chunks: 2 });
  });

  it('is an event in the audit trail', async () => {
    const batch = await accepted({ cookie, file: aFile() });
    const { Items } = await documentClient.send(
      new ScanCommand({
        TableName: env.AUDIT_TABLE,
        FilterExpression: 'resourceKey = :key',
        ExpressionAttributeValues: { ':key': `batch#${batch.batchId}` },
      }),
    );
    expect(Items).toMatchObject([
      { action: 'UPLOAD_BATCH', state: 'ready', counts: { rows: 1, waiting: 1 } },
    ]);
  });

  it('while the audit table refuses is a ready batch that keeps its event for the worker', async () => {
    failCalls('ResourceNotFoundException', { command: 'TransactWriteItems', table: env.AUDIT_TABLE });
    const batch = await accepted({ cookie, file: aFile() });

    const item = await batchPart(batch.batchId);
    expect(item).toMatchObject({ state: 'ready', activeKey: 'ACTIVE' });
    expect(item?.pendingEvents).toMatchObject([{ action: 'UPLOAD_BATCH' }]);
  });
});

describe('the mapping of a file', () => {
  it('that is given is taken', async () => {
    const mapping = {
      fields: {
        courseId: { constant: courseId },
        title: { columns: ['x', 'y'], separator: ' – ' },
        type: { columns: ['z'], values: { A: 'exam' } },
      },
    };
    const batch = await accepted({
      cookie,
      file: `x,y,z,w\nOne,${randomUUID()},A,1\n`,
      query: { mapping: JSON.stringify(mapping) },
    });

    const preview = await previewOf(cookie, batch.batchId);
    expect(preview).toMatchObject({ mappingName: null, ignoredColumns: ['w'], valid: 1 });
    expect(preview.sample[0]?.assignment).toMatchObject({ courseId, type: 'exam', title: /^One – / });
  });

  it('that leaves required fields without a source is refused, naming them and the columns', async () => {
    expect(await refused({ cookie, file: 'title,colour\na,b\n' })).toMatchObject({
      status: 400,
      code: 'VALIDATION_ERROR',
      fields: ['courseId', 'type'],
      message: expect.stringContaining('"title", "colour"'),
    });
  });

  it('that does not exist is refused', async () => {
    expect(await refused({ cookie, file: aFile(), query: { mapping: 'mapping_none' } })).toMatchObject({
      status: 400,
      fields: ['mapping'],
    });
  });
});
