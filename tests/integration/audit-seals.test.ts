import { generateKeyPairSync } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { forgetShardPlan, type ShardPlan, writeShardPlan } from '@/lib/server/audit-log/lanes/shard-plan';
import { HELD_TTL } from '@/lib/server/audit-log/legal-hold/hold-item';
import { listActors } from '@/lib/server/audit-log/read/list-actors';
import { listAuditLog } from '@/lib/server/audit-log/read/list-audit-log';
import { inclusionOf } from '@/lib/server/audit-log/seals/inclusion';
import { lastClosedHour, sealHours } from '@/lib/server/audit-log/seals/seal-hours';
import { newestSeal, readSeals, SEALS_LANE } from '@/lib/server/audit-log/seals/seal-item';
import { readSealedList, sealedListKey, writeSealedList } from '@/lib/server/audit-log/seals/sealed-list';
import { verifyTable } from '@/lib/server/audit-log/seals/verify-table';
import { batchWrite } from '@/lib/server/batch-write';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { newRequestId } from '@/lib/server/request-id';
import type { AuditEvent } from '@/lib/shared/audit-event';
import { hourStart, hoursAfter } from '@/lib/shared/audit-hour';
import { auditListQuerySchema } from '@/lib/shared/audit-log';
import { canonicalRecord, type Seal } from '@/lib/shared/audit-seal';
import { leafHash, rootOfPath } from '@/lib/shared/merkle';
import { anEventAt, aSegment, inTime, late } from '@/tests/support/audit-events';
import { countCalls, failCalls } from '@/tests/support/faults';
import { createRandom } from '@/tests/support/random';

const random = createRandom(11);
const newest = lastClosedHour();
const FIRST = hoursAfter(newest, -9);
const plan: ShardPlan = { firstHour: FIRST, steps: [] };
const requestId = newRequestId();

type Item = Record<string, unknown>;

/** The place of an event that DynamoDB may delete already. */
const EXPIRED = 7;

const newKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

const put = (Item: Item) => documentClient.send(new PutCommand({ TableName: env.AUDIT_TABLE, Item }));
const remove = ({ lane, eventKey }: Item) =>
  documentClient.send(new DeleteCommand({ TableName: env.AUDIT_TABLE, Key: { lane, eventKey } }));

const instantIn = (hour: string) =>
  new Date(Date.parse(hourStart(hour)) + random.between(1, 3_599_000)).toISOString();

/** Events of four hours, and what the table holds of them. */
const events: AuditEvent[] = [];
const items: Item[] = [];
let lateItem: Item;
let segment: Item;

const verify = (anchor?: Seal) => verifyTable({ from: undefined, to: undefined, anchor }, requestId);
const stored = (at: number): Item => items[at] ?? {};
const idOf = ({ lane, eventKey }: Item) => `${lane}|${eventKey}`;

beforeAll(async () => {
  env.AUDIT_SIGNING_KEY = newKey();
  await writeShardPlan(plan, requestId);
  for (let at = 0; at < 40; at++) {
    const drawn = anEventAt(instantIn(hoursAfter(FIRST, [1, 2, 2, 5][at % 4] ?? 1)), random);
    const event = at === EXPIRED ? { ...drawn, ttl: Math.floor(Date.now() / 1000) - 10 } : drawn;
    events.push(event);
    items.push(inTime(event, plan));
  }
  segment = await aSegment({
    ...{ batchId: 'batch_one', firstRow: 2, rows: 6, random },
    writtenAt: instantIn(hoursAfter(FIRST, 3)),
  });
  const lateEvent = anEventAt(instantIn(hoursAfter(FIRST, 1)), random);
  const [arrived, pointer] = late(lateEvent, plan, instantIn(hoursAfter(FIRST, 4)));
  lateItem = arrived ?? {};
  const open = inTime(anEventAt(new Date().toISOString(), random), plan);
  await batchWrite(
    env.AUDIT_TABLE,
    [...items, segment, lateItem, pointer ?? {}, open].map((Item) => ({ PutRequest: { Item } })),
    { operation: 'test', requestId },
  );
  forgetShardPlan();
});

describe('sealing', () => {
  it('seals nothing without a signing key', async () => {
    const key = env.AUDIT_SIGNING_KEY;
    env.AUDIT_SIGNING_KEY = undefined;
    expect(await sealHours(requestId)).toBe(0);
    expect(await newestSeal(requestId)).toBeNull();
    env.AUDIT_SIGNING_KEY = key;
  });

  it('goes on where it was cut off between the list and the seal', async () => {
    const isOver = failCalls('InternalServerError', { command: 'PutItem', table: env.AUDIT_TABLE, times: 8 });
    await expect(sealHours(requestId)).rejects.toThrow();
    isOver();

    const claimed = await Promise.all([sealHours(requestId), sealHours(requestId), sealHours(requestId)]);

    expect(claimed.reduce((sum, hours) => sum + hours, 0)).toBe(10);
    const seals = await readSeals(FIRST, newest, requestId);
    expect(seals.map(({ hour }) => hour)).toEqual(
      Array.from({ length: 10 }, (_, at) => hoursAfter(FIRST, at)),
    );
    expect(await sealHours(requestId)).toBe(0);
  });

  it('counts what each hour holds, late arrivals with the hour of their arrival', async () => {
    const seals = await readSeals(FIRST, newest, requestId);
    const counted = seals.map(({ counts, lateCounts }) => [counts.events, lateCounts.events]);

    expect(counted.slice(0, 6)).toEqual([
      [0, 0],
      [10, 0],
      [20, 0],
      [6, 0],
      [0, 1],
      [10, 0],
    ]);
    expect(seals[3]?.counts).toMatchObject({ items: 1, segments: 1, actions: { CREATE_ASSIGNMENT: 6 } });
    const failures = events.filter(({ outcome }) => outcome === 'failure').length;
    expect(seals.reduce((sum, { counts }) => sum + counts.failures, 0)).toBe(failures);
  });

  it('counts each person once, also where an hour is added again', async () => {
    const { actors } = await listActors(requestId);

    expect(actors.reduce((sum, { events: count }) => sum + count, 0)).toBe(40 + 6 + 1);
  });

  it('lets readers leave out hours that hold nothing of what they ask for', async () => {
    const reads = async (filter: Record<string, string>) => {
      const counter = countCalls({ command: 'Query', table: env.AUDIT_TABLE, includes: '"A#' });
      const to = `${newest}:59:59.999Z`;
      const { items: found } = await listAuditLog(auditListQuerySchema.parse({ ...filter, to }), requestId);
      counter.stop();
      return { lanes: counter.calls(), found: found.length };
    };

    // Hours 1, 2, 3 and 5 hold events; into hour 1 one more came late, which its seal does not know.
    expect(await reads({})).toMatchObject({ lanes: 4 * 4 });
    expect(await reads({ action: 'PLACE_LEGAL_HOLD' })).toEqual({ lanes: 4, found: 0 });
    expect((await reads({ action: 'START_BATCH,PAUSE_BATCH' })).found).toBeGreaterThan(0);
  });

  it('proves that an event is among what was sealed', async () => {
    for (const item of [stored(0), stored(17), segment, lateItem]) {
      const inclusion = await inclusionOf(item, requestId);
      const leaf = await leafHash(canonicalRecord(item));
      const { seal, position, path } = inclusion ?? {};

      expect(
        await rootOfPath({ leaf, position: position ?? -1, leaves: seal?.leaves ?? 0, path: path ?? [] }),
      ).toBe(seal?.root);
    }
  });

  it('finds everything as it was sealed, and says what is not sealed yet', async () => {
    expect(await verify()).toMatchObject({ hours: 10, events: 47, findings: [], notSealed: 1, keys: 1 });
  });
});

type Tampering = {
  name: string;
  fault: string;
  hour: number;
  items?: () => string[];
  act: () => Promise<unknown>;
  undo: () => Promise<unknown>;
};

const sealOf = (item: Item) => item.seal as Seal;
const copies: Item[] = [];

const sealAt = async (at: number) => {
  const hour = hoursAfter(FIRST, at);
  const { Item } = await documentClient.send(
    new GetCommand({ TableName: env.AUDIT_TABLE, Key: { lane: SEALS_LANE, eventKey: hour } }),
  );
  return Item ?? {};
};
const listItemOf = async (seal: Seal) => {
  const Key = sealedListKey(seal, 0);
  const { Item } = await documentClient.send(new GetCommand({ TableName: env.AUDIT_TABLE, Key }));
  return Item ?? {};
};

describe('verification after somebody was at the table', () => {
  const restore = () => Promise.all(copies.splice(0).map(put));
  const extra = () => inTime(anEventAt(instantIn(hoursAfter(FIRST, 2)), createRandom(99)), plan);
  let added: Item = {};

  const TAMPERINGS: Tampering[] = [
    {
      ...{ name: 'one byte of one event', fault: 'changed', hour: 1, items: () => [idOf(stored(0))] },
      act: () => put({ ...stored(0), requestId: `${stored(0).requestId}x` }),
      undo: () => put(stored(0)),
    },
    {
      ...{ name: 'a segment of rows', fault: 'changed', hour: 3, items: () => [idOf(segment)] },
      act: () => put({ ...segment, packed: Buffer.from('other rows') }),
      undo: () => put(segment),
    },
    {
      ...{ name: 'a late arrival', fault: 'changed', hour: 4, items: () => [idOf(lateItem)] },
      act: () => put({ ...lateItem, outcome: 'unknown' }),
      undo: () => put(lateItem),
    },
    {
      ...{ name: 'an event that is gone', fault: 'removed', hour: 1, items: () => [idOf(stored(0))] },
      act: () => remove(stored(0)),
      undo: () => put(stored(0)),
    },
    {
      ...{ name: 'an event that was put in', fault: 'added', hour: 2, items: () => [idOf(added)] },
      act: async () => {
        added = extra();
        await put(added);
      },
      undo: () => remove(added),
    },
    {
      ...{ name: 'an event that says it came late', fault: 'added', hour: 2, items: () => [idOf(added)] },
      act: async () => {
        added = { ...extra(), lateHour: hoursAfter(FIRST, 4) };
        await put(added);
      },
      undo: () => remove(added),
    },
    {
      ...{ name: 'an event that says it comes in an hour to be', fault: 'added', hour: 2 },
      act: async () => {
        added = { ...extra(), lateHour: '9999-01-01T00' };
        await put(added);
        await put({ lane: 'L#9999-01-01T00', eventKey: `${added.lane}#${added.eventKey}` });
      },
      undo: () => remove(added),
    },
    {
      ...{
        name: 'an event in a lane that no plan knows',
        fault: 'added',
        hour: 2,
        items: () => [idOf(added)],
      },
      act: async () => {
        added = { ...extra(), lane: `A#${hoursAfter(FIRST, 2)}#63` };
        await put(added);
      },
      undo: () => remove(added),
    },
    {
      ...{ name: 'an event under a second key', fault: 'written_twice', hour: 1 },
      act: async () => {
        const time = String(stored(0).time).replace(/\d{3}Z$/, '999Z');
        added = { ...stored(0), time, eventKey: `${time}#${stored(0).eventId}` };
        await put(added);
      },
      undo: () => remove(added),
    },
    {
      ...{ name: 'two events with each other’s content', fault: 'changed', hour: 2 },
      ...{ items: () => [idOf(stored(1)), idOf(stored(2))].sort() },
      act: async () => {
        const keysOf = ({ lane, eventKey }: Item) => ({ lane, eventKey });
        await put({ ...stored(1), ...keysOf(stored(2)) });
        await put({ ...stored(2), ...keysOf(stored(1)) });
      },
      undo: () => Promise.all([put(stored(1)), put(stored(2))]),
    },
    {
      ...{ name: 'an hour without its seal', fault: 'hour_missing', hour: 5 },
      act: async () => {
        copies.push(await sealAt(5));
        await remove(copies[0] ?? {});
      },
      undo: restore,
    },
    {
      ...{ name: 'a seal by another key', fault: 'signature_wrong', hour: 9 },
      act: async () => {
        const item = await sealAt(9);
        copies.push(item);
        await put({ ...item, seal: { ...sealOf(item), signature: Buffer.alloc(64, 1).toString('base64') } });
      },
      undo: restore,
    },
    {
      ...{ name: 'a seal with another root', fault: 'chain_broken', hour: 3 },
      act: async () => {
        const item = await sealAt(2);
        copies.push(item);
        await put({ ...item, seal: { ...sealOf(item), root: sealOf(await sealAt(1)).root } });
      },
      undo: restore,
    },
    {
      ...{ name: 'the list beside a seal', fault: 'list_changed', hour: 1 },
      act: async () => {
        const item = await listItemOf(sealOf(await sealAt(1)));
        copies.push(item);
        await put({ ...item, packed: Buffer.from('nothing') });
      },
      undo: restore,
    },
    {
      ...{ name: 'an event that is gone, as if it had expired', fault: 'removed', hour: 1 },
      items: () => [idOf(stored(0))],
      act: async () => {
        const seal = sealOf(await sealAt(1));
        copies.push(await listItemOf(seal), stored(0));
        const list = await readSealedList(seal, requestId);
        await writeSealedList(
          seal,
          list.map((entry) => ({ ...entry, ttl: 1 })),
          requestId,
        );
        await remove(stored(0));
      },
      undo: restore,
    },
  ];

  it.each(TAMPERINGS)('names $name as $fault', async ({ fault, hour, items: expected, act, undo }) => {
    await act();
    const { findings } = await verify();
    await undo();

    const found = findings.find((finding) => finding.fault === fault);
    expect(found).toMatchObject({ hour: hoursAfter(FIRST, hour) });
    if (expected) expect([...(found?.items ?? [])].sort()).toEqual(expected());
  });
});

describe('verification of what no hour holds', () => {
  it('names rows that no hour would list', async () => {
    const { segmentHour, ...hidden } = segment;
    const item = { ...hidden, eventKey: 'rows#000000900' };
    await put(item);
    const { findings } = await verify();
    await remove(item);

    expect(segmentHour).toBe(hoursAfter(FIRST, 3));
    expect(findings).toMatchObject([{ hour: segmentHour, fault: 'added', items: [idOf(item)] }]);
  });
});

describe('verification as time passes', () => {
  it('finds a tail that was cut off, by a seal that was kept elsewhere', async () => {
    const anchor = await newestSeal(requestId);
    const item = await sealAt(9);
    await remove(item);
    const cut = await verify(anchor ?? undefined);
    await put(item);

    expect(cut.findings).toMatchObject([{ fault: 'tail_missing', hour: newest }]);
    expect((await verify()).findings).toEqual([]);
  });

  it('takes no offence at what was past its time, nor at a time that a legal hold has moved', async () => {
    await put({ ...stored(0), ttl: HELD_TTL });
    expect((await verify()).findings).toEqual([]);
    await put(stored(0));

    await remove(stored(EXPIRED));
    const { findings } = await verify();
    await put(stored(EXPIRED));
    expect(findings).toEqual([]);
  });
});
