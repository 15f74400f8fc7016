import { generateKeyPairSync } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { forgetShardPlan, type ShardPlan, writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { lastClosedHour } from '@/lib/server/audit-log/seals/seal-hours';
import { SEALS_LANE } from '@/lib/server/audit-log/seals/seal-item';
import { verifyTable } from '@/lib/server/audit-log/seals/verify-table';
import { batchWrite } from '@/lib/server/batch-write';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import type { Seal } from '@/lib/shared/audit-seal';
import { anEventAt, aSegment, inTime, late } from '@/tests/support/audit-events';
import { createRandom, type Random } from '@/tests/support/random';

export type Item = Record<string, unknown>;

/** The place of an event that DynamoDB may delete already. */
export const EXPIRED = 7;

/** Rows of the one segment: more than there are items in the whole trail. */
export const ROWS = 60;

const requestId = newRequestId();

export const put = (Item: Item) => documentClient.send(new PutCommand({ TableName: env.AUDIT_TABLE, Item }));

export const remove = ({ lane, eventKey }: Item) =>
  documentClient.send(new DeleteCommand({ TableName: env.AUDIT_TABLE, Key: { lane, eventKey } }));

export const idOf = ({ lane, eventKey }: Item) => `${lane}|${eventKey}`;

/** Checks the whole table. */
export const verify = (anchor?: Seal) => verifyTable({ from: undefined, to: undefined, anchor }, requestId);

/** What is stored under a key; nothing where nothing is. */
export async function itemAt(Key: { lane: string; eventKey: string }): Promise<Item> {
  const { Item } = await documentClient.send(new GetCommand({ TableName: env.AUDIT_TABLE, Key }));
  return Item ?? {};
}

const newKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

const instantIn = (hour: string, random: Random) =>
  new Date(Date.parse(hourStart(hour)) + random.between(1, 3_599_000)).toISOString();

/**
 * Ten closed hours, to be sealed with a key of their own: 40 events in hours 1, 2 and 5, a segment in hour 3, an event of
 * hour 1 that came in hour 4, and one event of now.
 */
export async function aTrail() {
  const random = createRandom(11);
  const newest = lastClosedHour();
  const first = hoursAfter(newest, -9);
  const plan: ShardPlan = { firstHour: first, steps: [] };
  env.AUDIT_SIGNING_KEY = newKey();
  await writeShardPlan(plan, requestId);
  const events: AuditEvent[] = Array.from({ length: 40 }, (_, at) => {
    const event = anEventAt(instantIn(hoursAfter(first, [1, 2, 2, 5][at % 4] ?? 1), random), random);
    return at === EXPIRED ? { ...event, ttl: Math.floor(Date.now() / 1000) - 10 } : event;
  });
  const items: Item[] = events.map((event) => inTime(event, plan));
  const segment: Item = await aSegment({
    ...{ batchId: 'batch_one', firstRow: 2, rows: ROWS, random },
    writtenAt: instantIn(hoursAfter(first, 3), random),
  });
  const lateEvent = anEventAt(instantIn(hoursAfter(first, 1), random), random);
  const [lateItem = {}, pointer = {}] = late(lateEvent, plan, instantIn(hoursAfter(first, 4), random));
  const open = inTime(anEventAt(new Date().toISOString(), random), plan);
  await batchWrite(
    env.AUDIT_TABLE,
    [...items, segment, lateItem, pointer, open].map((Item) => ({ PutRequest: { Item } })),
    { operation: 'test', requestId },
  );
  forgetShardPlan();
  const hour = (at: number) => hoursAfter(first, at);
  return {
    ...{ first, newest, plan, events, segment, lateItem, hour },
    stored: (at: number): Item => items[at] ?? {},
    sealAt: (at: number) => itemAt({ lane: SEALS_LANE, eventKey: hour(at) }),
    /** An event that nobody has written. */
    extra: () => {
      const drawn = createRandom(99);
      return inTime(anEventAt(instantIn(hour(2), drawn), drawn), plan);
    },
  };
}
