import { beforeAll, describe, expect, it } from 'vitest';
import { sealHours } from '@/lib/server/audit-log/seals/seal-hours';
import { readSealedList, sealedListKey, writeSealedList } from '@/lib/server/audit-log/seals/sealed-list';
import { newRequestId } from '@/lib/server/request-id';
import type { Seal } from '@/lib/shared/audit-seal';
import { aTrail, type Item, idOf, itemAt, put, remove, verify } from '@/tests/support/sealed-trail';

const requestId = newRequestId();

let trail: Awaited<ReturnType<typeof aTrail>>;

beforeAll(async () => {
  trail = await aTrail();
  await sealHours(requestId);
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

const listItemOf = (seal: Seal) => itemAt(sealedListKey(seal, 0));

describe('verification after somebody was at the table', () => {
  const restore = () => Promise.all(copies.splice(0).map(put));
  let added: Item = {};

  const TAMPERINGS: Tampering[] = [
    {
      ...{ name: 'one byte of one event', fault: 'changed', hour: 1, items: () => [idOf(trail.stored(0))] },
      act: () => put({ ...trail.stored(0), requestId: `${trail.stored(0).requestId}x` }),
      undo: () => put(trail.stored(0)),
    },
    {
      ...{ name: 'a segment of rows', fault: 'changed', hour: 3, items: () => [idOf(trail.segment)] },
      act: () => put({ ...trail.segment, packed: Buffer.from('other rows') }),
      undo: () => put(trail.segment),
    },
    {
      ...{ name: 'a late arrival', fault: 'changed', hour: 4, items: () => [idOf(trail.lateItem)] },
      act: () => put({ ...trail.lateItem, outcome: 'unknown' }),
      undo: () => put(trail.lateItem),
    },
    {
      ...{ name: 'an event that is gone', fault: 'removed', hour: 1, items: () => [idOf(trail.stored(0))] },
      act: () => remove(trail.stored(0)),
      undo: () => put(trail.stored(0)),
    },
    {
      ...{ name: 'an event that was put in', fault: 'added', hour: 2, items: () => [idOf(added)] },
      act: async () => {
        added = trail.extra();
        await put(added);
      },
      undo: () => remove(added),
    },
    {
      ...{ name: 'an event that says it came late', fault: 'added', hour: 2, items: () => [idOf(added)] },
      act: async () => {
        added = { ...trail.extra(), lateHour: trail.hour(4) };
        await put(added);
      },
      undo: () => remove(added),
    },
    {
      ...{ name: 'an event that says it comes in an hour to be', fault: 'added', hour: 2 },
      act: async () => {
        added = { ...trail.extra(), lateHour: '9999-01-01T00' };
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
        added = { ...trail.extra(), lane: `A#${trail.hour(2)}#63` };
        await put(added);
      },
      undo: () => remove(added),
    },
    {
      ...{ name: 'an event under a second key', fault: 'written_twice', hour: 1 },
      act: async () => {
        const time = String(trail.stored(0).time).replace(/\d{3}Z$/, '999Z');
        added = { ...trail.stored(0), time, eventKey: `${time}#${trail.stored(0).eventId}` };
        await put(added);
      },
      undo: () => remove(added),
    },
    {
      ...{ name: 'two events with each other’s content', fault: 'changed', hour: 2 },
      ...{ items: () => [idOf(trail.stored(1)), idOf(trail.stored(2))].sort() },
      act: async () => {
        const keysOf = ({ lane, eventKey }: Item) => ({ lane, eventKey });
        await put({ ...trail.stored(1), ...keysOf(trail.stored(2)) });
        await put({ ...trail.stored(2), ...keysOf(trail.stored(1)) });
      },
      undo: () => Promise.all([put(trail.stored(1)), put(trail.stored(2))]),
    },
    {
      ...{ name: 'an hour without its seal', fault: 'hour_missing', hour: 5 },
      act: async () => {
        copies.push(await trail.sealAt(5));
        await remove(copies[0] ?? {});
      },
      undo: restore,
    },
    {
      ...{ name: 'a seal by another key', fault: 'signature_wrong', hour: 9 },
      act: async () => {
        const item = await trail.sealAt(9);
        copies.push(item);
        await put({ ...item, seal: { ...sealOf(item), signature: Buffer.alloc(64, 1).toString('base64') } });
      },
      undo: restore,
    },
    {
      ...{ name: 'a seal with another root', fault: 'chain_broken', hour: 3 },
      act: async () => {
        const item = await trail.sealAt(2);
        copies.push(item);
        await put({ ...item, seal: { ...sealOf(item), root: sealOf(await trail.sealAt(1)).root } });
      },
      undo: restore,
    },
    {
      ...{ name: 'the list beside a seal', fault: 'list_changed', hour: 1 },
      act: async () => {
        const item = await listItemOf(sealOf(await trail.sealAt(1)));
        copies.push(item);
        await put({ ...item, packed: Buffer.from('nothing') });
      },
      undo: restore,
    },
    {
      ...{ name: 'an event that is gone, as if it had expired', fault: 'removed', hour: 1 },
      items: () => [idOf(trail.stored(0))],
      act: async () => {
        const seal = sealOf(await trail.sealAt(1));
        copies.push(await listItemOf(seal), trail.stored(0));
        const list = await readSealedList(seal, requestId);
        await writeSealedList(
          seal,
          list.map((entry) => ({ ...entry, ttl: 1 })),
          requestId,
        );
        await remove(trail.stored(0));
      },
      undo: restore,
    },
  ];

  it.each(TAMPERINGS)('names $name as $fault', async ({ fault, hour, items: expected, act, undo }) => {
    await act();
    const { findings } = await verify();
    await undo();

    const found = findings.find((finding) => finding.fault === fault);
    expect(found).toMatchObject({ hour: trail.hour(hour) });
    if (expected) expect([...(found?.items ?? [])].sort()).toEqual(expected());
  });
});

describe('verification of what no hour holds', () => {
  it('names rows that no hour would list', async () => {
    const { segmentHour, ...hidden } = trail.segment;
    const item = { ...hidden, eventKey: 'rows#000000900' };
    await put(item);
    const { findings } = await verify();
    await remove(item);

    expect(segmentHour).toBe(trail.hour(3));
    expect(findings).toMatchObject([{ hour: segmentHour, fault: 'added', items: [idOf(item)] }]);
  });
});

describe('verification after everything was put back', () => {
  it('finds all as it was sealed', async () => {
    expect((await verify()).findings).toEqual([]);
  });
});
