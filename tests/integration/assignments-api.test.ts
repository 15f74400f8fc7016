import { beforeAll, describe, expect, it } from 'vitest';
import * as assignmentRoute from '@/app/api/assignments/[assignmentId]/route';
import * as assignmentsRoute from '@/app/api/assignments/route';
import * as courseRoute from '@/app/api/courses/[courseId]/route';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { env } from '@/lib/server/env';
import { failureSchema } from '@/lib/shared/api';
import { aCourse, assignmentsOf } from '@/tests/support/factories';
import { failCalls } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';
import { aNewAssignment } from '@/tests/support/new-assignment';
import { cookieOf } from '@/tests/support/session';

const REQUEST_ID = /^req_\d{13}_[0-9a-z]{9}$/;

let courseId: string;
let cookie: string;

beforeAll(async () => {
  courseId = await aCourse();
  ({ cookie } = await cookieOf('instructor', [courseId]));
});

type Send = { body?: BodyInit; headers?: Record<string, string> };

function post({ body = JSON.stringify(aNewAssignment({ courseId })), headers = {} }: Send = {}) {
  const request = new Request('http://127.0.0.1/api/assignments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, ...headers },
    body,
  });
  return assignmentsRoute.POST(request, { params: Promise.resolve({}) });
}

async function failureOf(response: Response) {
  return { status: response.status, ...failureSchema.parse(await response.json()).details };
}

describe('POST /api/assignments', () => {
  it('answers 201 with the body of S11 and the request ID as a header', async () => {
    const response = await post();

    expect(response.status).toBe(201);
    const body = await response.json();
    expect(body).toEqual({
      success: true,
      data: {
        assignmentId: expect.stringMatching(/^assignment_/),
        message: 'Assignment created successfully',
      },
      requestId: expect.stringMatching(REQUEST_ID),
    });
    expect(response.headers.get('X-Request-Id')).toBe(body.requestId);
  });

  it('answers the same id twice for one Idempotency-Key, and counts one', async () => {
    const own = await aCourse();
    const { cookie: mine } = await cookieOf('instructor', [own]);
    const send = {
      body: JSON.stringify(aNewAssignment({ courseId: own })),
      headers: { cookie: mine, 'Idempotency-Key': crypto.randomUUID() },
    };

    const ids = [await (await post(send)).json(), await (await post(send)).json()].map(
      ({ data }) => data.assignmentId,
    );
    await effectsApplied();

    expect(ids[0]).toBe(ids[1]);
    const request = new Request(`http://127.0.0.1/api/courses/${own}`, { headers: { cookie: mine } });
    const course = await courseRoute.GET(request, { params: Promise.resolve({ courseId: own }) });
    expect(await course.json()).toMatchObject({
      data: { assignmentCount: 1, lastAssignmentAt: expect.any(String) },
    });
  });

  it('answers the failure body of S11 with every wrong field', async () => {
    const response = await post({ body: JSON.stringify({ title: '', type: 'essay', extra: 1 }) });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      success: false,
      error: 'Failed to create assignment',
      details: {
        error: expect.any(String),
        code: 'VALIDATION_ERROR',
        requestId: expect.stringMatching(REQUEST_ID),
        fields: ['courseId', 'title', 'type', 'extra'].map((field) => expect.objectContaining({ field })),
      },
    });
  });

  it.each([
    ['no JSON', { body: 'title=Essay' }, 400],
    ['an empty body', { body: '' }, 400],
    ['JSON that is not an object', { body: '[1,2]' }, 400],
    ['bytes that are not UTF-8', { body: new Uint8Array([0x22, 0xff, 0x22]) }, 400],
    ['another content type', { headers: { 'content-type': 'text/plain' } }, 400],
    ['257 KB', { body: JSON.stringify({ title: 'x'.repeat(257 * 1024) }) }, 413],
    ['an Idempotency-Key with a space', { headers: { 'Idempotency-Key': 'a b' } }, 400],
    ['an unknown prototype field', { body: '{"__proto__":{"admin":true},"title":"x"}' }, 400],
    ['a course that does not exist', { body: JSON.stringify(aNewAssignment({ courseId: 'NONE' })) }, 403],
  ])('refuses %s without an internal error', async (_, send, status) => {
    expect((await post(send)).status).toBe(status);
  });

  it('names the course field when an admin writes into a course that does not exist', async () => {
    const admin = await cookieOf('admin');
    const body = JSON.stringify(aNewAssignment({ courseId: 'NO-SUCH-COURSE' }));

    const failure = await failureOf(await post({ body, headers: { cookie: admin.cookie } }));

    expect(failure).toMatchObject({ status: 400, fields: [{ field: 'courseId', value: 'NO-SUCH-COURSE' }] });
  });

  it('refuses an instructor in a foreign course and writes nothing there', async () => {
    const foreign = await aCourse();

    const failure = await failureOf(
      await post({ body: JSON.stringify(aNewAssignment({ courseId: foreign })) }),
    );

    expect(failure).toMatchObject({ status: 403, code: 'FORBIDDEN', fields: [{ field: 'courseId' }] });
    expect(await assignmentsOf(foreign)).toEqual([]);
  });

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null' }],
  ])('refuses what another site made the browser send: %j', async (headers) => {
    expect(await failureOf(await post({ headers }))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it('takes what its own pages send', async () => {
    const headers = { origin: 'http://127.0.0.1', host: '127.0.0.1', 'sec-fetch-site': 'same-origin' };

    expect((await post({ headers })).status).toBe(201);
  });

  it('answers 503 with Retry-After when DynamoDB throttles to the end', async () => {
    expectErrorLogs();
    failCalls('ProvisionedThroughputExceededException', { command: 'TransactWriteItems' });

    const response = await post();

    expect(response.headers.get('Retry-After')).toBe('5');
    expect(await failureOf(response)).toMatchObject({ status: 503, code: 'THROTTLING', class: 'transient' });
  });

  it('names the missing table and its variable', async () => {
    expectErrorLogs();
    failCalls('ResourceNotFoundException', { table: env.ASSIGNMENTS_TABLE });

    const failure = await failureOf(await post());

    expect(failure).toMatchObject({ status: 500, code: 'RESOURCE_NOT_FOUND' });
    expect(failure.error).toContain('ASSIGNMENTS_TABLE');
  });
});

describe('PATCH /api/assignments/{id}', () => {
  async function patch(assignmentId: string, changes: object) {
    const request = new Request(`http://127.0.0.1/api/assignments/${assignmentId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(changes),
    });
    return assignmentRoute.PATCH(request, { params: Promise.resolve({ assignmentId }) });
  }

  it('answers 409 with the current assignment for a stale version', async () => {
    const { data } = await (await post()).json();
    await patch(data.assignmentId, { version: 1, title: 'Theirs' });

    const failure = await failureOf(await patch(data.assignmentId, { version: 1, title: 'Mine' }));

    expect(failure).toMatchObject({
      status: 409,
      code: 'CONDITIONAL_FAILED',
      current: { title: 'Theirs', version: 2 },
    });
  });

  it('needs the version, and refuses to move an assignment to another course', async () => {
    const { data } = await (await post()).json();

    const failure = await failureOf(await patch(data.assignmentId, { courseId: 'OTHER' }));

    expect(failure.fields?.map(({ field }) => field)).toEqual(['version', 'courseId']);
  });
});
