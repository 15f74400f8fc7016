import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as assignmentsRoute from '@/app/api/assignments/route';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { env } from '@/lib/server/env';
import { type Counts, mergeCounts } from '@/lib/server/metrics/counts';
import { flushMetrics } from '@/lib/server/metrics/flush-metrics';
import { recorder } from '@/lib/server/metrics/record';
import { tallyCounts } from '@/lib/server/metrics/tally-counts';
import { newRequestId } from '@/lib/server/request-id';
import type { Series } from '@/lib/shared/metrics';
import { aReadyBatch, runBatch } from '@/tests/support/batches';
import { aCourse } from '@/tests/support/factories';
import { awsError, canceled, failCalls, loseAnswers } from '@/tests/support/faults';
import { expectErrorLogs } from '@/tests/support/logs';
import { aNewAssignment } from '@/tests/support/new-assignment';
import { cookieOf } from '@/tests/support/session';

let courseId: string;
let cookie: string;

beforeAll(async () => {
  courseId = await aCourse();
  ({ cookie } = await cookieOf('instructor', [courseId]));
});

beforeEach(() => recorder.tallies.clear());

/** What this process has counted since the test began. */
function counted(series: Series): Counts {
  return mergeCounts(
    [...recorder.tallies.values()].filter((tally) => tally.series === series).map(tallyCounts),
  );
}

function post(input: object = aNewAssignment({ courseId }), headers: Record<string, string> = { cookie }) {
  const request = new Request('http://127.0.0.1/api/assignments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  });
  return assignmentsRoute.POST(request, { params: Promise.resolve({}) });
}

const writes = { command: 'TransactWriteItems', table: env.ASSIGNMENTS_TABLE };

describe('creates', () => {
  it('count once for each request that was let in, by the code that its sender saw', async () => {
    loseAnswers(writes);
    await post();
    await post({ title: '' });
    await post(aNewAssignment({ courseId: await aCourse() }));
    await post(aNewAssignment({ courseId }), {});

    expect(counted('create').outcomes).toEqual({ success: 1, VALIDATION_ERROR: 1, FORBIDDEN: 1 });
  });

  it("name DynamoDB's reason and resource for each refusal, and one request as an example", async () => {
    expectErrorLogs();
    const reason = { reason: 'TableWriteProvisionedThroughputExceeded', resource: 'arn:aws:dynamodb:…/A' };
    const error = Object.assign(awsError('ThrottlingException'), { ThrottlingReasons: [reason] });
    failCalls(error, writes);
    const answer = await post();

    const { outcomes, throttles, codeExemplars } = counted('create');
    expect(outcomes).toEqual({ THROTTLING: 1 });
    expect(throttles).toEqual({ [`${reason.reason} ${reason.resource}`]: env.MAX_RETRIES + 1 });
    expect(codeExemplars).toEqual({ THROTTLING: answer.headers.get('X-Request-Id') });
  });

  it('name the table of the write that cancelled a transaction where DynamoDB gives no more', async () => {
    failCalls(canceled('None', 'ProvisionedThroughputExceeded'), { ...writes, times: 1 });
    await post();

    expect(counted('create').throttles).toEqual({ [`ProvisionedThroughputExceeded ${env.AUDIT_TABLE}`]: 1 });
  });

  it('count the write units that DynamoDB says they took', async () => {
    await post();

    expect(counted('create').units).toBeGreaterThanOrEqual(4);
  });

  it('succeed while metrics cannot be written', async () => {
    failCalls('ResourceNotFoundException', { table: env.METRICS_TABLE });

    const answer = await post();
    await flushMetrics({ everyMs: 10_000, isEnding: false, requestId: newRequestId() });

    expect(answer.status).toBe(201);
  });
});

describe('audit events and counters', () => {
  it('count where they are written, and each create brings one of each', async () => {
    await post();
    await post();
    await effectsApplied();

    expect(counted('audit').outcomes).toEqual({ success: 2 });
    expect(counted('effect').outcomes).toEqual({ success: 2 });
  });

  it('count an event that had to be kept aside as a failure, and as written when it is', async () => {
    const recover = failCalls(canceled('None', 'AccessDenied'), { ...writes, times: 1 });
    failCalls('AccessDeniedException', { table: env.AUDIT_TABLE, times: 2 });
    await post();
    await effectsApplied();
    expect(counted('audit').outcomes).toMatchObject({ ACCESS_DENIED: 1 });

    recover();
    await sweepEffects(new Date(Date.now() + 1000).toISOString(), newRequestId());

    expect(counted('audit').outcomes).toMatchObject({ success: 1 });
  });
});

describe('rows of a batch', () => {
  it('count once each at the commit of their chunk, however often it was taken over', async () => {
    const batch = await aReadyBatch({ chunks: Array(4).fill(5) });
    await startBatch(batch.batchId, batch.actor, newRequestId());
    loseAnswers({ table: env.BATCHES_TABLE, command: 'TransactWriteItems', includes: 'committedBy' });
    const look = () => lookAfterBatch(batch.batchId, { requestId: newRequestId(), isStopping: () => false });

    await Promise.all([look(), look(), look()]);

    expect(counted('batch_row').outcomes).toEqual({ success: 20 });
    expect(counted('commit').outcomes).toMatchObject({ success: 4 });
    expect(counted('audit').outcomes.success).toBeGreaterThanOrEqual(20);
  });

  it('count the failed ones by their code', async () => {
    const batch = await aReadyBatch({ chunks: [3] });
    failCalls('ProvisionedThroughputExceededException', {
      table: env.ASSIGNMENTS_TABLE,
      includes: '"Row 2"',
    });

    await runBatch(batch);

    expect(counted('batch_row').outcomes).toMatchObject({ THROTTLING: expect.any(Number) });
  });
});
