import { readFileSync } from 'node:fs';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { GET as preview } from '@/app/api/batches/[batchId]/preview/route';
import { GET as rejected } from '@/app/api/batches/[batchId]/rejected.csv/route';
import { POST as upload } from '@/app/api/batches/route';
import { createCourse } from '@/lib/server/courses/create-course';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { failureSchema } from '@/lib/shared/api';
import { type Batch, batchSchema, previewSchema } from '@/lib/shared/batch';
import { ouladCourse, ouladRowSchema } from '@/lib/shared/oulad';
import { contentOf } from '@/tests/support/batch-files';

export const OULAD_FILE = readFileSync('public/samples/oulad-assessments.csv');

type Sending = {
  cookie: string;
  file: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
};

/** Sends a file over the product's own handler. */
export function send({ cookie, file, query = {}, headers = {} }: Sending): Promise<Response> {
  const parameters = new URLSearchParams({ filename: 'assignments.csv', ...query });
  const request = new Request(`http://127.0.0.1/api/batches?${parameters}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'text/csv', ...headers },
    body: file,
    // A body that is a stream needs it, and TypeScript's DOM does not know it.
    ...{ duplex: 'half' },
  });
  return upload(request, { params: Promise.resolve({}) });
}

/** Sends a file that must be accepted. */
export async function accepted(sending: Sending): Promise<Batch> {
  const response = await send(sending);
  const body = await response.json();
  if (response.status !== 202) throw new Error(JSON.stringify(body));
  return batchSchema.parse(body.data);
}

/** Sends a file that must be refused: the status, the code, the message and the fields of the refusal. */
export async function refused(sending: Sending) {
  const response = await send(sending);
  const { details } = failureSchema.parse(await response.json());
  const { code, error: message, fields = [], class: errorClass, current } = details;
  const names = fields.map(({ field }) => field);
  return { status: response.status, code, message, fields: names, errorClass, current };
}

const params = (batchId: string) => ({ params: Promise.resolve({ batchId }) });

export async function previewOf(cookie: string, batchId: string) {
  const request = new Request('http://127.0.0.1/api/batches/one/preview', { headers: { cookie } });
  const body = await (await preview(request, params(batchId))).json();
  return previewSchema.parse(body.data);
}

export function rejectedOf(cookie: string, batchId: string): Promise<Response> {
  const request = new Request('http://127.0.0.1/api/batches/one/rejected.csv', { headers: { cookie } });
  return rejected(request, params(batchId));
}

/** A part of a batch as it is stored. */
export async function batchPart(batchId: string, part = 'META') {
  const { Item } = await documentClient.send(
    new GetCommand({ TableName: env.BATCHES_TABLE, Key: { batchId, part }, ConsistentRead: true }),
  );
  return Item;
}

/** The names of all stored parts of a batch. */
export async function partsOf(batchId: string): Promise<string[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.BATCHES_TABLE,
      KeyConditionExpression: 'batchId = :batchId',
      ExpressionAttributeValues: { ':batchId': batchId },
      ProjectionExpression: 'part',
    }),
  );
  return Items.map(({ part }) => String(part));
}

/** The latest batches of the table, newest first. */
export async function listedBatches(): Promise<Batch[]> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.BATCHES_TABLE,
      IndexName: 'byCreation',
      KeyConditionExpression: 'listKey = :list',
      ExpressionAttributeValues: { ':list': 'BATCHES' },
      ScanIndexForward: false,
    }),
  );
  const items = await Promise.all(Items.map(({ batchId }) => batchPart(String(batchId))));
  return items.map((item) => batchSchema.parse(item));
}

/** Every course of the assessments file of OULAD. */
export async function createOuladCourses(): Promise<void> {
  const { columns, rows } = await contentOf(OULAD_FILE);
  const courses = rows.map(({ cells }) =>
    ouladCourse(ouladRowSchema.parse(Object.fromEntries(columns.map((column, at) => [column, cells[at]])))),
  );
  const byId = new Map(courses.map((course) => [course.courseId, course]));
  for (const course of byId.values()) await createCourse(course);
}
