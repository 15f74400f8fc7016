import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET, POST } from '@/app/api/audit-log/legal-hold/route';
import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import { auditKeyOf, toAuditItem } from '@/lib/server/audit-log/audit-event-item';
import { eventWrites } from '@/lib/server/audit-log/event-writes';
import { readShardPlan, writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { followHold } from '@/lib/server/audit-log/legal-hold/follow-hold';
import { HELD_TTL, holdPlace } from '@/lib/server/audit-log/legal-hold/hold-item';
import { readLegalHold } from '@/lib/server/audit-log/legal-hold/read-legal-hold';
import { forgetHold } from '@/lib/server/audit-log/legal-hold/under-hold';
import { segmentKey, segmentLane } from '@/lib/server/audit-log/segment';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { AssignmentEvent } from '@/lib/shared/audit-event';
import { hourOf, hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import { legalHoldSchema } from '@/lib/shared/audit-log';
import { aReadyBatch, runBatch } from '@/tests/support/batches';
import { anAssignment } from '@/tests/support/factories';
import { awsError, beforeCall, failCalls, recordedCalls } from '@/tests/support/faults';
import { cookieOf } from '@/tests/support/session';

const DAY = 24 * 60 * 60;
const now = hourStart(hoursAfter(hourOf(new Date().toISOString()), 0)).replace('00:00.000', '30:00.000');
const nowSeconds = () => Math.floor(Date.now() / 1000);
const hoursAgo = (hours: number) => hoursAfter(hourOf(now), -hours);

let cookie = '';

beforeAll(async () => {
  ({ cookie } = await cookieOf('admin'));
  await writeShardPlan({ firstHour: hoursAgo(4), steps: [] }, newRequestId());
});

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  await documentClient.send(new DeleteCommand(holdPlace));
  forgetHold();
});

afterEach(() => {
  vi.useRealTimers();
});

const context = { params: Promise.resolve({}) };

function change(isOn: boolean, as = cookie): Promise<Response> {
  const request = new Request('http://127.0.0.1/api/audit-log/legal-hold', {
    method: 'POST',
    headers: { cookie: as, 'content-type': 'application/json' },
    body: JSON.stringify({ isOn, reason: 'Case 12' }),
  });
  return POST(request, context);
}

/** An event of so many hours ago, stored as if it were to expire in a minute. */
async function aStoredEvent(hours: number): Promise<AssignmentEvent> {
  const createdAt = hourStart(hoursAgo(hours));
  const event = { ...creationEvent(anAssignment({ createdAt })), ttl: nowSeconds() + 60 };
  const Item = toAuditItem(event, await readShardPlan(newRequestId()));
  await documentClient.send(new PutCommand({ TableName: env.AUDIT_TABLE, Item }));
  return event;
}

async function ttlOf(event: AssignmentEvent): Promise<number> {
  return ttlAt(auditKeyOf(event, await readShardPlan(newRequestId())));
}

async function ttlAt(Key: Record<string, string>): Promise<number> {
  const { Item } = await documentClient.send(new GetCommand({ TableName: env.AUDIT_TABLE, Key }));
  return Number(Item?.ttl);
}

/** Events that say that a hold was placed. */
async function timesPlaced(): Promise<number> {
  const { Items = [] } = await documentClient.send(
    new QueryCommand({
      TableName: env.AUDIT_TABLE,
      IndexName: 'byResource',
      KeyConditionExpression: 'resourceKey = :hold',
      ExpressionAttributeValues: { ':hold': 'setting#legal-hold' },
    }),
  );
  return Items.filter(({ action }) => action === 'PLACE_LEGAL_HOLD').length;
}

/** Rounds of the worker, until the last hours have followed as well. */
async function follow(): Promise<void> {
  await followHold(newRequestId());
  vi.setSystemTime(Date.now() + 150_000);
  await followHold(newRequestId());
}

describe('a legal hold', () => {
  it('keeps an event that was about to expire, a late one, and every row of a batch', async () => {
    const batch = await aReadyBatch({ chunks: [3] });
    await runBatch(batch);
    const event = await aStoredEvent(3);
    const late = creationEvent(anAssignment({ createdAt: hourStart(hoursAgo(2)) }));
    const TransactItems = await eventWrites(late, newRequestId());
    await documentClient.send(new TransactWriteCommand({ TransactItems }));

    const answer = await change(true);
    await follow();

    expect(legalHoldSchema.parse((await answer.json()).data)).toMatchObject({
      isOn: true,
      reason: 'Case 12',
    });
    expect(await ttlOf(event)).toBe(HELD_TTL);
    expect(await ttlOf(late)).toBe(HELD_TTL);
    expect(await ttlAt({ lane: segmentLane(batch.batchId), eventKey: segmentKey(2) })).toBe(HELD_TTL);
    expect(await readLegalHold(newRequestId())).toMatchObject({ isOn: true, hours: 5, hoursDone: 5 });
  });

  it('keeps what is written while it is on, events and rows', async () => {
    await change(true);

    const event = creationEvent(anAssignment({ createdAt: now }));
    await documentClient.send(
      new TransactWriteCommand({ TransactItems: await eventWrites(event, newRequestId()) }),
    );
    const batch = await aReadyBatch({ chunks: [3] });
    await runBatch(batch);

    expect(await ttlOf(event)).toBe(HELD_TTL);
    expect(await ttlAt({ lane: segmentLane(batch.batchId), eventKey: segmentKey(2) })).toBe(HELD_TTL);
  });

  it('gives every event its own time back when it is released, and a week to those that are past it', async () => {
    const event = await aStoredEvent(3);
    await change(true);
    await follow();

    await change(false);
    await follow();
    const usual = await ttlOf(event);
    env.AUDIT_RETENTION_DAYS.CREATE_ASSIGNMENT = 1;
    await change(true);
    await follow();
    await change(false);
    await follow();
    delete env.AUDIT_RETENTION_DAYS.CREATE_ASSIGNMENT;

    expect(usual).toBe(Math.floor(Date.parse(event.time) / 1000) + 365 * DAY);
    const left = (await ttlOf(event)) - nowSeconds();
    expect(left).toBeGreaterThan(7 * DAY - 600);
    expect(left).toBeLessThanOrEqual(7 * DAY);
  });

  it('goes on behind the last hour when its process was killed', async () => {
    const first = await aStoredEvent(4);
    const second = await aStoredEvent(3);
    await change(true);
    const stop = failCalls(awsError('ResourceNotFoundException'), {
      command: 'Query',
      includes: `A#${hoursAgo(3)}#`,
    });

    await expect(followHold(newRequestId())).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    const between = { first: await ttlOf(first), second: await ttlOf(second) };
    stop();
    const calls = recordedCalls().length;
    vi.setSystemTime(Date.now() + 31_000);
    await followHold(newRequestId());

    expect(between).toEqual({ first: HELD_TTL, second: second.ttl });
    expect(await ttlOf(second)).toBe(HELD_TTL);
    const again = recordedCalls().slice(calls);
    expect(again.filter(({ input }) => JSON.stringify(input).includes(`A#${hoursAgo(4)}#`))).toEqual([]);
  });

  it('reaches a late event that a process wrote as before, into an hour that was walked already', async () => {
    await change(true);
    await followHold(newRequestId());
    const late = creationEvent(anAssignment({ createdAt: hourStart(hoursAgo(2)) }));
    for (const { Put } of await eventWrites(late, newRequestId())) {
      if (!Put) continue;
      await documentClient.send(new PutCommand({ ...Put, Item: { ...Put.Item, ttl: late.ttl } }));
    }
    const before = await ttlOf(late);

    vi.setSystemTime(Date.now() + 150_000);
    await followHold(newRequestId());

    expect(before).toBe(late.ttl);
    expect(await ttlOf(late)).toBe(HELD_TTL);
  });

  it('leaves the trail to its release, where that comes while events are still following', async () => {
    const event = await aStoredEvent(3);
    await change(true);
    beforeCall(() => change(false), { command: 'Query', includes: `A#${hoursAgo(2)}#` });

    await followHold(newRequestId());
    const between = await readLegalHold(newRequestId());
    await follow();

    expect(between).toMatchObject({ isOn: false, hoursDone: 0 });
    expect(await readLegalHold(newRequestId())).toMatchObject({ isOn: false, hours: 5, hoursDone: 5 });
    expect(await ttlOf(event)).toBeLessThan(HELD_TTL);
  });

  it('is placed once by two who place it at the same time, with one event', async () => {
    const before = await timesPlaced();

    const answers = await Promise.all([change(true), change(true)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await change(true)).status).toBe(409);
    expect(await timesPlaced()).toBe(before + 1);
  });

  it('is seen by an auditor, and changed by admins only', async () => {
    const auditor = (await cookieOf('auditor')).cookie;
    const request = new Request('http://127.0.0.1/api/audit-log/legal-hold', {
      headers: { cookie: auditor },
    });

    expect((await GET(request, context)).status).toBe(200);
    expect((await change(true, auditor)).status).toBe(403);
    expect(await readLegalHold(newRequestId())).toMatchObject({ isOn: false, at: null });
  });
});
