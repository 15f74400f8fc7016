import { generateKeyPairSync } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as histogram } from '@/app/api/audit-log/histogram/route';
import { GET as publicKey } from '@/app/api/audit-log/public-key/route';
import { GET as records } from '@/app/api/audit-log/seals/[hour]/route';
import { GET as seals } from '@/app/api/audit-log/seals/route';
import { type Verification, verifyTrail } from '@/lib/client/verify-trail';
import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import { toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { changeLegalHold } from '@/lib/server/audit-log/legal-hold/change-legal-hold';
import { followHold } from '@/lib/server/audit-log/legal-hold/follow-hold';
import { sealHours } from '@/lib/server/audit-log/seals/seal-hours';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import { anAssignment, anInstructor } from '@/tests/support/factories';
import { cookieOf } from '@/tests/support/session';

const HOURS = 5;
const now = new Date().toISOString();
const firstHour = hoursAfter(hourOf(now), -HOURS);

/** One event an hour, as stored. */
const stored = Array.from({ length: HOURS }, (_, at) =>
  toAuditItem(creationEvent(anAssignment({ createdAt: hourStart(hoursAfter(firstHour, at)) }))),
);
const [, event] = stored;

let cookie = '';

const put = (Item: Record<string, unknown>) =>
  documentClient.send(new PutCommand({ TableName: env.AUDIT_TABLE, Item }));

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  env.AUDIT_SIGNING_KEY = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  await writeShardPlan({ firstHour, steps: [] }, newRequestId());
  ({ cookie } = await cookieOf('auditor'));
  for (const item of stored) await put(item);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(hourStart(hourOf(now))) + 20 * 60_000 });
  await sealHours(newRequestId());
  vi.useRealTimers();
});

beforeEach(() => {
  vi.stubGlobal('fetch', (path: string) => answer(new URL(path, 'http://127.0.0.1')));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The product's own handlers, for the code of the browser. */
function answer(url: URL): Promise<Response> {
  const request = new Request(url, { headers: { cookie } });
  const [, hour] = /seals\/(.+)$/.exec(url.pathname) ?? [];
  const params = Promise.resolve(hour ? { hour } : {});
  if (hour) return records(request, { params });
  if (url.pathname.endsWith('/seals')) return seals(request, { params });
  return url.pathname.endsWith('/public-key')
    ? publicKey(request, { params })
    : histogram(request, { params });
}

async function verify(from: string | null = null): Promise<Verification> {
  let last: Verification | undefined;
  for await (const state of verifyTrail({ from, to: null }, new AbortController().signal)) last = state;
  if (!last) throw new Error('Nothing was verified');
  return last;
}

describe('the trail, verified by the code of the page against the handlers of the product', () => {
  it('is whole as it was sealed, from its beginning and from any hour on', async () => {
    expect(await verify()).toMatchObject({ hours: HOURS, hoursDone: HOURS, events: HOURS, findings: [] });
    const from = hourStart(hoursAfter(firstHour, 2));
    expect(await verify(from)).toMatchObject({ hours: HOURS - 2, events: HOURS - 2, findings: [] });
  });

  it('shows the event of which one byte was changed', async () => {
    if (!event) throw new Error('No event');
    await put({ ...event, requestId: `${event.requestId}x` });

    const { findings } = await verify();
    await put(event);

    const items = [expect.stringContaining(event.eventId)];
    expect(findings).toMatchObject([{ hour: hoursAfter(firstHour, 1), fault: 'changed', items }]);
  });

  it('shows the event that was removed', async () => {
    const { lane, eventKey } = event ?? {};
    await documentClient.send(new DeleteCommand({ TableName: env.AUDIT_TABLE, Key: { lane, eventKey } }));

    const { findings } = await verify();
    if (event) await put(event);

    expect(findings).toMatchObject([{ hour: hoursAfter(firstHour, 1), fault: 'removed' }]);
  });

  it('stays whole when a legal hold moves the expiry of its events', async () => {
    await changeLegalHold({ isOn: true, reason: 'Case 12' }, await anInstructor(), newRequestId());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 150_000 });
    await followHold(newRequestId());

    expect((await verify()).findings).toEqual([]);
  });
});
