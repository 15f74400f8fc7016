import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { POST } from '@/app/api/assignments/route';
import { GET } from '@/app/api/requests/[requestId]/route';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { newRequestId } from '@/lib/server/request-id';
import { keeper } from '@/lib/server/requests/keep-line';
import { storeLines } from '@/lib/server/requests/store-lines';
import type { Role } from '@/lib/shared/permissions';
import { type RequestStory, requestStorySchema } from '@/lib/shared/request';
import { aCourse } from '@/tests/support/factories';
import { failCalls } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';
import { aNewAssignment } from '@/tests/support/new-assignment';
import { cookieOf } from '@/tests/support/session';

const PUT_ASSIGNMENT = { table: env.ASSIGNMENTS_TABLE, includes: '"Put"' };

/** Sends a form with a key, as the browser does, and answers the ID of its request. */
async function sendForm(): Promise<{ requestId: string; status: number }> {
  const courseId = await aCourse();
  const { cookie } = await cookieOf('instructor', [courseId]);
  const headers = { cookie, 'content-type': 'application/json', 'idempotency-key': newRequestId() };
  const body = JSON.stringify(aNewAssignment({ courseId, title: 'Tides' }));
  const response = await POST(
    new Request('http://127.0.0.1/api/assignments', { method: 'POST', headers, body }),
    {
      params: Promise.resolve({}),
    },
  );
  const { requestId, details } = await response.json();
  return { requestId: requestId ?? details.requestId, status: response.status };
}

async function ask(requestId: string, role: Role = 'ops'): Promise<Response> {
  const { cookie } = await cookieOf(role);
  return GET(new Request(`http://127.0.0.1/api/requests/${requestId}`, { headers: { cookie } }), {
    params: Promise.resolve({ requestId }),
  });
}

async function storyOf(requestId: string): Promise<RequestStory> {
  const { data } = await (await ask(requestId)).json();
  return requestStorySchema.parse(data);
}

const NOBODY = new Set<string>();

const foundIn = ({ looks }: RequestStory) =>
  Object.fromEntries(looks.map(({ place, found }) => [place, found]));

describe('the page of a request', () => {
  it('shows the assignment that a form created, and its audit event', async () => {
    const { requestId } = await sendForm();

    const story = await storyOf(requestId);

    expect(story.assignments).toMatchObject([{ title: 'Tides', requestId }]);
    expect(story.events).toMatchObject([{ action: 'CREATE_ASSIGNMENT', requestId }]);
    expect(story.lines).toMatchObject([
      { level: 'INFO', event: 'request answered', facts: { operation: 'createAssignment', status: 201 } },
    ]);
    expect(story).toMatchObject({ failedItems: [], beganAt: expect.stringMatching(/^\d{4}-/) });
  });

  it('shows each attempt of a form that gave up, the failed item, and how it was answered', async () => {
    expectErrorLogs();
    failCalls('ProvisionedThroughputExceededException', PUT_ASSIGNMENT);
    const { requestId, status } = await sendForm();

    const story = await storyOf(requestId);

    expect(status).toBe(503);
    const retries = story.lines.filter(({ event }) => event === 'retry').map(({ facts }) => facts.retry);
    expect(retries).toEqual([1, 2, 3]);
    expect(story.lines.at(-1)).toMatchObject({ level: 'ERROR', facts: { status: 503, code: 'THROTTLING' } });
    expect(story.failedItems).toMatchObject([{ kind: 'create', state: 'open', attempts: [{ requestId }] }]);
    expect(story).toMatchObject({ assignments: [], events: [] });
  });

  it('shows what another process has logged, once that is stored', async () => {
    const requestId = newRequestId();
    log.warn('retry', {
      requestId,
      operation: 'createAssignment',
      retry: 1,
      waitMs: 1000,
      code: 'THROTTLING',
    });
    log.warn('effects refused together', { requestId, operation: 'applyEffects' });

    await storeLines(NOBODY, newRequestId());
    expect(keeper.waiting).toEqual([]);

    expect((await storyOf(requestId)).lines.map(({ event }) => event)).toEqual([
      'retry',
      'effects refused together',
    ]);
  });

  it('keeps lines until the table takes them, each once', async () => {
    const requestId = newRequestId();
    log.warn('first', { requestId });
    const mend = failCalls('ResourceNotFoundException', {
      table: env.METRICS_TABLE,
      command: 'BatchWriteItem',
    });
    await storeLines(NOBODY, newRequestId());
    expect(keeper.waiting.map(({ event }) => event)).toEqual(['first', 'log lines not stored yet']);
    log.warn('second', { requestId });

    mend();
    await storeLines(NOBODY, newRequestId());

    expect((await storyOf(requestId)).lines.map(({ event }) => event)).toEqual(['first', 'second']);
  });

  it('says how many lines of its minute were too many', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 60_000) * 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    const requestId = newRequestId();
    for (let line = 0; line < 400; line++) log.warn('one of many', { requestId });

    await storeLines(NOBODY, newRequestId());
    const { lines, droppedLines } = await storyOf(requestId);

    // Of the 300 that are kept it shows the first 200.
    expect(lines).toHaveLength(200);
    expect(droppedLines).toBe(100);
  });

  it('of an unknown request says where it was looked', async () => {
    const story = await storyOf(newRequestId());

    expect(foundIn(story)).toEqual({
      ...{ audit: 0, lines: 0, failedItems: 0, assignments: 0, batches: 0, metrics: 0 },
    });
  });

  it('names a place that cannot be read, and shows what the others know', async () => {
    const { requestId } = await sendForm();
    failCalls('ResourceNotFoundException', { table: env.FAILED_ITEMS_TABLE });

    const { looks, events } = await storyOf(requestId);

    expect(events).toHaveLength(1);
    expect(looks.find(({ place }) => place === 'failedItems')?.problem).toContain('RESOURCE_NOT_FOUND');
  });

  it('is for those who may read requests, and refuses what is no request ID', async () => {
    expect((await ask(newRequestId(), 'instructor')).status).toBe(403);
    expect((await ask(newRequestId(), 'auditor')).status).toBe(200);
    expect((await ask('LOG#x')).status).toBe(400);
  });
});
