import { randomUUID } from 'node:crypto';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST } from '@/app/api/alerts/responses/[response]/route';
import { type AlertItem, HOLDS, placeOf, RESPONSE_LANE, readLane } from '@/lib/server/alerts/alert-item';
import { nextAlert } from '@/lib/server/alerts/next-alert';
import { listResponses } from '@/lib/server/alerts/responses/list-responses';
import { runResponses } from '@/lib/server/alerts/responses/run-responses';
import { readSlowDown } from '@/lib/server/alerts/responses/slow-down';
import { pauseBatch } from '@/lib/server/batches/pause-batch';
import { resumeBatch } from '@/lib/server/batches/resume-batch';
import { startBatch } from '@/lib/server/batches/start-batch';
import { lookAfterBatch } from '@/lib/server/batches/worker/look-after-batch';
import { documentClient } from '@/lib/server/dynamodb';
import { itemsSettled } from '@/lib/server/failed-items/settle/settle-items';
import { log } from '@/lib/server/log';
import { newRequestId } from '@/lib/server/request-id';
import type { ResponseId } from '@/lib/shared/alert';
import { pass } from '@/tests/support/alerts';
import { aReadyBatch, batchOf, numbersOf } from '@/tests/support/batches';
import { aBatchWithFailures, itemOf, rowId } from '@/tests/support/failed-items';
import { failCalls } from '@/tests/support/faults';
import { aJudgement } from '@/tests/support/judgements';
import { cookieOf } from '@/tests/support/session';
import { eventsOfResource } from '@/tests/support/stored-events';

let cookie = '';

beforeAll(async () => {
  ({ cookie } = await cookieOf('ops'));
});

/** Every test is half an hour after the one before, so that none sees what an earlier one left. */
let startMs = Date.now();

beforeEach(() => {
  startMs += 30 * 60_000;
  vi.useFakeTimers({ toFake: ['Date'], now: startMs });
});

afterEach(async () => {
  vi.useRealTimers();
  for (const lane of [RESPONSE_LANE, HOLDS]) {
    for (const { itemKey } of await readLane(lane, newRequestId())) {
      await documentClient.send(new DeleteCommand(placeOf(lane, String(itemKey))));
    }
  }
});

async function turn(responseId: ResponseId, isOn: boolean, as = cookie): Promise<Response> {
  const request = new Request(`http://127.0.0.1/api/alerts/responses/${responseId}`, {
    method: 'POST',
    headers: { cookie: as, 'content-type': 'application/json' },
    body: JSON.stringify({ isOn }),
  });
  return POST(request, { params: Promise.resolve({ response: responseId }) });
}

/** The alert that responses answer, firing since now. */
function firing(): AlertItem {
  const now = new Date().toISOString();
  return nextAlert(undefined, aJudgement({ pendingMs: 0 }), now).after;
}

const throttled = () => runResponses([firing()], newRequestId());
const recovered = () => runResponses([], newRequestId());

async function stateOf(responseId: ResponseId) {
  const states = await listResponses(newRequestId());
  return states.find((state) => state.responseId === responseId);
}

/** Actions on a response since the test began, with who did them. */
async function deedsOf(responseId: ResponseId, since: string) {
  const events = await eventsOfResource(`setting#response ${responseId}`);
  return events
    .filter(({ time }) => time >= since)
    .map(({ action, actor }) => `${action} by ${actor.role}`)
    .sort();
}

async function aRunningBatch() {
  const batch = await aReadyBatch({ chunks: [2] });
  await startBatch(batch.batchId, batch.actor, newRequestId());
  return batch;
}

describe('slowing batches down', () => {
  it('lasts as long as the alert, is audited at both ends, and ends by itself if nobody renews it', async () => {
    const since = new Date().toISOString();
    await turn('slow-down-batches', true);

    await throttled();
    pass(30);
    await Promise.all([throttled(), throttled()]);
    const during = await stateOf('slow-down-batches');
    pass(59);
    const slow = await readSlowDown(newRequestId());
    pass(2);
    const forgotten = await readSlowDown(newRequestId());
    await throttled();
    await Promise.all([recovered(), recovered()]);

    expect([slow, forgotten]).toEqual([0.5, 1]);
    expect(during).toMatchObject({ isActive: true, sentence: 'Batches keep 50 % of their rate' });
    expect(await readSlowDown(newRequestId())).toBe(1);
    expect(await deedsOf('slow-down-batches', since)).toEqual([
      'END_RESPONSE by system',
      'START_RESPONSE by system',
      'SWITCH_RESPONSE by ops',
    ]);
  });

  it('does nothing while it is off, and ends when it is switched off', async () => {
    const since = new Date().toISOString();
    await throttled();
    const off = await readSlowDown(newRequestId());
    await turn('slow-down-batches', true);
    await throttled();

    await turn('slow-down-batches', false);
    await throttled();

    expect(off).toBe(1);
    expect(await readSlowDown(newRequestId())).toBe(1);
    expect(await stateOf('slow-down-batches')).toMatchObject({ isOn: false, isActive: false });
    expect(await deedsOf('slow-down-batches', since)).toHaveLength(4);
  });

  it('is switched once by two who do it at the same time, and by nobody without the right', async () => {
    const since = new Date().toISOString();
    const auditor = (await cookieOf('auditor')).cookie;

    const answers = await Promise.all([turn('slow-down-batches', true), turn('slow-down-batches', true)]);
    const refused = await turn('slow-down-batches', false, auditor);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(refused.status).toBe(403);
    expect(await deedsOf('slow-down-batches', since)).toEqual(['SWITCH_RESPONSE by ops']);
  });
});

describe('pausing batches', () => {
  it('pauses what runs, resumes only that after the recovery, and leaves what a person has paused', async () => {
    const own = await aRunningBatch();
    const theirs = await aRunningBatch();
    await pauseBatch(theirs.batchId, theirs.actor, newRequestId());
    await turn('pause-batches', true);

    await Promise.all([throttled(), throttled()]);
    await throttled();
    const during = [await batchOf(own.batchId), await batchOf(theirs.batchId)];
    const holds = (await stateOf('pause-batches'))?.holds;
    await Promise.all([recovered(), recovered()]);
    await recovered();

    expect(during.map(({ state }) => state)).toEqual(['paused', 'paused']);
    expect(holds).toEqual([own.batchId]);
    expect((await batchOf(own.batchId)).state).toBe('running');
    expect((await batchOf(theirs.batchId)).state).toBe('paused');
    const events = await eventsOfResource(`batch#${own.batchId}`);
    expect(events.map(({ action, actor }) => `${action} ${actor.role}`).sort()).toEqual([
      'PAUSE_BATCH system',
      'RESUME_BATCH system',
      'START_BATCH admin',
    ]);
  });

  it('leaves a batch alone that a person has resumed, or resumed and paused again', async () => {
    const resumed = await aRunningBatch();
    const paused = await aRunningBatch();
    await turn('pause-batches', true);
    await throttled();
    await resumeBatch(resumed.batchId, resumed.actor, newRequestId());
    await resumeBatch(paused.batchId, paused.actor, newRequestId());
    await pauseBatch(paused.batchId, paused.actor, newRequestId());

    await throttled();
    const during = await batchOf(resumed.batchId);
    await recovered();

    expect(during.state).toBe('running');
    expect((await batchOf(paused.batchId)).state).toBe('paused');
    expect((await stateOf('pause-batches'))?.holds).toEqual([]);
  });

  it('pauses the others in the next round where its process was killed between two of them', async () => {
    const batches = [await aRunningBatch(), await aRunningBatch()];
    await turn('pause-batches', true);
    const warn = vi.spyOn(log, 'warn').mockReturnValue();
    const recover = failCalls('ResourceNotFoundException', {
      command: 'TransactWriteItems',
      includes: 'PAUSE_BATCH',
      times: 2,
    });

    await throttled();
    recover();
    await throttled();
    warn.mockRestore();

    const states = await Promise.all(batches.map(async ({ batchId }) => (await batchOf(batchId)).state));
    expect(states).toEqual(['paused', 'paused']);
    await recovered();
  });
});

it('does not pause again what a person has resumed, where its process was killed before it noted its pauses', async () => {
  const { batchId, actor } = await aRunningBatch();
  await turn('pause-batches', true);
  const warn = vi.spyOn(log, 'warn').mockReturnValue();
  const recover = failCalls('ResourceNotFoundException', { command: 'PutItem', includes: 'pause-batches' });
  await throttled();
  const paused = await batchOf(batchId);
  await resumeBatch(batchId, actor, newRequestId());
  recover();

  await throttled();

  warn.mockRestore();
  expect([paused.state, (await batchOf(batchId)).state]).toEqual(['paused', 'running']);
});

describe('retrying failed items', () => {
  it('retries as one batch, after the recovery, what failed meanwhile and time may mend', async () => {
    const earlier = await aBatchWithFailures({ rows: 2, failed: [2] });
    pass(600);
    const since = new Date().toISOString();
    await turn('retry-failed-items', true);
    await throttled();
    const during = await aBatchWithFailures({ rows: 3, failed: [2, 3] });
    await itemsSettled();
    await throttled();
    const waiting = await stateOf('retry-failed-items');
    pass(30);

    await Promise.all([recovered(), recovered()]);
    const active = await stateOf('retry-failed-items');
    const batchId = active?.batchId ?? '';
    await lookAfterBatch(batchId, { requestId: newRequestId(), isStopping: () => false });
    await recovered();

    expect(waiting).toMatchObject({ isActive: false, waitingSince: expect.any(String) });
    expect(active).toMatchObject({
      isActive: true,
      sentence: 'Retries 2 items that failed before writes recovered',
    });
    expect(await numbersOf(batchId)).toMatchObject({ state: 'done', rows: 2 });
    expect((await itemOf(rowId(during, 2))).state).toBe('succeeded');
    expect((await itemOf(rowId(earlier, 2))).state).toBe('open');
    expect(await stateOf('retry-failed-items')).toMatchObject({
      isActive: false,
      sentence: 'Retried: 2 succeeded, 0 failed again, 0 needed nothing',
    });
    expect(await deedsOf('retry-failed-items', since)).toHaveLength(3);
  });

  it('makes its batch once, and in the next round where its process was killed before that', async () => {
    await turn('retry-failed-items', true);
    await throttled();
    await aBatchWithFailures({ rows: 2, failed: [2] });
    pass(30);
    const warn = vi.spyOn(log, 'warn').mockReturnValue();
    const recover = failCalls('ResourceNotFoundException', { command: 'PutItem', includes: 'receiving' });
    await recovered();
    recover();
    warn.mockRestore();
    const planned = (await stateOf('retry-failed-items'))?.batchId ?? randomUUID();

    await recovered();
    await recovered();

    expect(await numbersOf(planned)).toMatchObject({ state: 'running', rows: 1 });
    expect((await stateOf('retry-failed-items'))?.batchId).toBe(planned);
  });

  it('begins nothing where nothing failed', async () => {
    const since = new Date().toISOString();
    await turn('retry-failed-items', true);
    await throttled();
    pass(600);

    await recovered();

    expect(await stateOf('retry-failed-items')).toMatchObject({ isActive: false, waitingSince: null });
    expect(await deedsOf('retry-failed-items', since)).toEqual(['SWITCH_RESPONSE by ops']);
  });
});
