import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as acknowledge } from '@/app/api/alerts/[id]/acknowledge/route';
import { POST as silence } from '@/app/api/alerts/[id]/silence/route';
import { GET } from '@/app/api/alerts/route';
import { evaluateAlerts } from '@/lib/server/alerts/evaluate-alerts';
import { newRequestId } from '@/lib/server/request-id';
import { alertSchema, alertsSchema } from '@/lib/shared/alert';
import { alertOf, fire, historyOf, pass, resolve, step } from '@/tests/support/alerts';
import { beforeCall, countCalls, loseAnswers } from '@/tests/support/faults';
import { aJudgement } from '@/tests/support/judgements';
import { cookieOf } from '@/tests/support/session';
import { eventsOfResource } from '@/tests/support/stored-events';

let cookie = '';
let ruleId = '';

beforeAll(async () => {
  ({ cookie } = await cookieOf('ops'));
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  ruleId = `rule-${randomUUID()}`;
});

afterEach(() => {
  vi.useRealTimers();
});

const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

function post(handler: typeof silence, body?: object, as = cookie): Promise<Response> {
  const request = new Request(`http://127.0.0.1/api/alerts/${ruleId}`, {
    method: 'POST',
    headers: { cookie: as, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return handler(request, { params: Promise.resolve({ id: ruleId }) });
}

async function readAlerts() {
  const request = new Request('http://127.0.0.1/api/alerts', { headers: { cookie } });
  const answer = await GET(request, { params: Promise.resolve({}) });
  return alertsSchema.parse((await answer.json()).data);
}

const eventsOfAlert = async () =>
  (await eventsOfResource(`setting#alert ${ruleId}`)).map(({ action }) => action);

describe('an evaluator', () => {
  it('takes an alert through its life, and the page shows where it stands and what happened', async () => {
    await fire(ruleId);
    const firing = await readAlerts();
    await resolve(ruleId);
    const resolved = await readAlerts();

    expect(firing.alerts[0]).toMatchObject({ ruleId, state: 'firing', evidence: [{ label: 'Refused' }] });
    expect(resolved.alerts.find((alert) => alert.ruleId === ruleId)?.state).toBe('resolved');
    expect(resolved.history.map(({ kind }) => kind).slice(0, 2)).toEqual(['resolved', 'firing']);
  });

  it('makes each transition once where two evaluate at the same moment', async () => {
    await step(aJudgement({ ruleId }));
    pass(30);

    const other = async () => {
      pass(1);
      await step(aJudgement({ ruleId }));
    };
    beforeCall(other, { command: 'TransactWriteItems' });

    await step(aJudgement({ ruleId }));

    expect(await historyOf(ruleId)).toEqual(['firing']);
    expect(await alertOf(ruleId)).toMatchObject({ episode: 1, version: 2 });
  });

  it('makes a transition once where only the answer was lost', async () => {
    await step(aJudgement({ ruleId }));
    pass(30);
    loseAnswers({ command: 'TransactWriteItems' });

    await step(aJudgement({ ruleId }));

    expect(await historyOf(ruleId)).toEqual(['firing']);
  });

  it('does a round in one process of many, and the next one only when its time has come', async () => {
    let judged = 0;
    const judge = async () => {
      judged += 1;
      return [];
    };

    await Promise.all([1, 2, 3].map(() => evaluateAlerts(newRequestId(), judge)));
    pass(3);
    await evaluateAlerts(newRequestId(), judge);
    const before = judged;
    pass(1);
    await evaluateAlerts(newRequestId(), judge);

    expect([before, judged]).toEqual([1, 2]);
    expect((await readAlerts()).evaluatedAt).toBe(new Date().toISOString());
  });

  it('writes nothing while nothing changes', async () => {
    await step(aJudgement({ ruleId, isBad: false }));
    const { calls } = countCalls({ command: 'TransactWriteItems' });

    for (let round = 0; round < 3; round++) {
      pass(5);
      await step(aJudgement({ ruleId, isBad: false, sentence: `Round ${round}` }));
    }

    expect(calls()).toBe(0);
  });
});

describe('somebody of the operations team', () => {
  it('acknowledges a firing alert once, with one audit event', async () => {
    await fire(ruleId);
    pass(1);

    const answers = await Promise.all([post(acknowledge), post(acknowledge)]);
    const again = await post(acknowledge);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(alertSchema.parse((await again.json()).data).acknowledged?.by).toBe('Ada');
    expect(await eventsOfAlert()).toEqual(['ACKNOWLEDGE_ALERT']);
    expect(await historyOf(ruleId)).toEqual(['firing', 'acknowledged']);
  });

  it('acknowledges it although it is written at that moment', async () => {
    await fire(ruleId);
    const changed = aJudgement({ ruleId, sentence: 'Even more is refused.' });
    beforeCall(() => step(changed), { command: 'TransactWriteItems' });

    const answer = await post(acknowledge);

    expect(answer.status).toBe(200);
    expect(await alertOf(ruleId)).toMatchObject({ sentence: changed.sentence, acknowledged: { by: 'Ada' } });
  });

  it('cannot acknowledge what does not fire, or does not exist', async () => {
    const unknown = await post(acknowledge);
    await step(aJudgement({ ruleId }));
    const pending = await post(acknowledge);

    expect([unknown.status, pending.status]).toEqual([404, 409]);
    expect(await eventsOfAlert()).toEqual([]);
  });

  it('silences an alert with a reason and an end, once, with one audit event', async () => {
    await fire(ruleId);
    const body = { reason: 'Planned work', until: later(3600) };

    await post(silence, body);
    const answer = await post(silence, body);

    expect(alertSchema.parse((await answer.json()).data).silence).toMatchObject({ ...body, by: 'Ada' });
    expect(await eventsOfAlert()).toEqual(['SILENCE_ALERT']);
    pass(3600);
    const { alerts } = await readAlerts();
    expect(alerts.find((alert) => alert.ruleId === ruleId)).toMatchObject({ state: 'firing', silence: null });
  });

  it.each([
    ['without a reason', () => ({ until: later(60) })],
    ['without an end', () => ({ reason: 'Planned work' })],
    ['for more than seven days', () => ({ reason: 'Planned work', until: later(7 * 86_400 + 60) })],
    ['until a time that is past', () => ({ reason: 'Planned work', until: later(-60) })],
  ])('cannot silence it %s', async (_, body) => {
    await fire(ruleId);

    expect((await post(silence, body())).status).toBe(400);
    expect(await alertOf(ruleId)).toMatchObject({ silence: null });
  });

  it('is the one to handle alerts; an auditor only reads them', async () => {
    await fire(ruleId);
    const auditor = (await cookieOf('auditor')).cookie;

    expect((await post(acknowledge, undefined, auditor)).status).toBe(403);
    expect((await post(silence, { reason: 'No', until: later(60) }, auditor)).status).toBe(403);
  });
});
