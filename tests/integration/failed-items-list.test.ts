import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { listFailedItems } from '@/lib/server/failed-items/list-failed-items';
import { walkFailedItems } from '@/lib/server/failed-items/walk-failed-items';
import {
  type FailedItemFilter,
  type FailedItemSummary,
  failedItemFilterSchema,
  failedItemListSchema,
  isUnresolved,
} from '@/lib/shared/failed-item';
import { recordedCalls } from '@/tests/support/faults';
import { createRandom } from '@/tests/support/random';
import { aFailedRow, inState, storeFailedItems } from '@/tests/support/stored-failed-items';

type Query = Record<string, unknown>;
type Stored = ReturnType<typeof aFailedRow>;

const at = (minute: number) => new Date(Date.UTC(2030, 0, 1, 0, minute)).toISOString();

const page = (query: Query) => listFailedItems(failedItemListSchema.parse(query), 'req_1_list');

/** Every page of a list; `between` happens after each. */
async function listAll(query: Query, between: () => Promise<unknown> = async () => undefined) {
  const items: FailedItemSummary[] = [];
  let cursor: string | null = null;
  do {
    const next = await page({ ...query, ...(cursor ? { cursor } : {}) });
    expect(next.items.length).toBeLessThanOrEqual(Number(query.limit ?? 25));
    items.push(...next.items);
    cursor = next.cursor;
    await between();
  } while (cursor);
  return items;
}

async function walked(filter: Query, asOf?: string) {
  const items: FailedItemSummary[] = [];
  const options = { requestId: 'req_1_walk', ...(asOf ? { asOf } : {}) };
  for await (const group of walkFailedItems(failedItemFilterSchema.parse(filter), options)) {
    items.push(...group);
  }
  return items;
}

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);

/** Items of a course of their own, so that tests do not see each other's. */
async function aCourseOfItems(
  count: number,
  change: (item: Stored, number: number) => Partial<Stored> = () => ({}),
) {
  const courseId = `C-${randomUUID().slice(0, 8)}`;
  const batchId = `batch_${randomUUID()}`;
  const items = Array.from({ length: count }, (_, number) => {
    const row = aFailedRow({ batchId, courseId, rowNumber: number + 2 });
    const changed = { ...row, firstAt: at(number), lastAt: at(number), ...change(row, number) };
    return inState(changed, changed.state);
  });
  await storeFailedItems(items);
  return { courseId, batchId, items };
}

describe('the list of failed items', () => {
  it('shows the newest first, or the oldest, over all partitions', async () => {
    const { courseId, items } = await aCourseOfItems(40);

    const newest = await listAll({ courseId, limit: 7 });
    const oldest = await listAll({ courseId, limit: 7, order: 'asc' });

    expect(idsOf(oldest)).toEqual(idsOf(items));
    expect(idsOf(newest)).toEqual(idsOf(items).reverse());
  });

  it('shows those that need somebody where no state is asked for', async () => {
    const states = ['open', 'retrying', 'unknown', 'snoozed', 'succeeded', 'discarded'] as const;
    const { courseId, items } = await aCourseOfItems(12, (_, number) => ({
      state: states[number % states.length] as 'open',
    }));

    expect(idsOf(await listAll({ courseId, order: 'asc' }))).toEqual(
      idsOf(items.filter(({ state }) => isUnresolved(state))),
    );
    for (const state of states) {
      const found = await listAll({ courseId, state, order: 'asc' });
      expect(idsOf(found)).toEqual(idsOf(items.filter((item) => item.state === state)));
    }
  });

  it('agrees with every combination of filters, in pages of every size', async () => {
    const batches = [randomUUID(), randomUUID()].map((id) => `batch_${id}`);
    const rows = Array.from({ length: 120 }, (_, number) => aVariedRow(batches, number));
    await storeFailedItems(rows);
    const pick = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

    await fc.assert(
      fc.asyncProperty(
        fc.record({
          limit: fc.integer({ min: 1, max: 40 }),
          order: fc.constantFrom('asc', 'desc'),
          state: pick('open', 'snoozed', 'succeeded', 'discarded', 'unresolved'),
          code: pick('SYSTEM_ERROR', 'THROTTLING'),
          class: pick('transient', 'system'),
          batchId: pick(...batches),
          courseId: fc.constantFrom(...[0, 1, 2].map((course) => `${batches[0]}-${course}`)),
          actorId: pick('u0', 'u1'),
          fingerprint: pick(...new Set(rows.map((row) => row.fingerprint))),
          from: pick(at(10), at(30)),
          to: pick(at(5), at(40)),
          q: pick('7', 'row 8', batches[0] ?? ''),
        }),
        async ({ limit, order, ...filter }) => {
          const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

          const found = await listAll({ ...query, limit, order });
          const everything = await walked(query);

          const expected = idsOf(rows.filter((row) => isExpected(row, query)));
          expect(idsOf(found).sort()).toEqual([...expected].sort());
          expect(idsOf(everything).sort()).toEqual([...expected].sort());
          const byRow = query.batchId !== undefined || String(query.q).startsWith('batch');
          const keys = found.map((item) => (byRow ? Number(item.rowNumber) : Date.parse(item.firstAt)));
          const sorted = [...keys].sort((a, b) => (order === 'asc' ? a - b : b - a));
          expect(keys).toEqual(sorted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses a cursor that is not one of its own', async () => {
    await expect(page({ cursor: 'bm9uZQ' })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});

function aVariedRow(batches: string[], number: number): Stored {
  const row = aFailedRow({
    batchId: batches[number % 2] ?? '',
    rowNumber: number + 2,
    courseId: `${batches[0]}-${number % 3}`,
    code: number % 5 === 0 ? 'SYSTEM_ERROR' : 'THROTTLING',
    message: `Cause ${['a', 'b', 'c'][number % 3]}`,
    overrides: { firstAt: at(number % 50), actor: { id: `u${number % 4}`, role: 'admin', department: '' } },
  });
  return inState(row, (['succeeded', 'open', 'snoozed', 'open', 'open'] as const)[number % 5] ?? 'open');
}

/** The filters, told once more and in another way. */
function isExpected(row: Stored, filter: Partial<FailedItemFilter>): boolean {
  const { from, to, actorId, state, q, ...equal } = filter;
  const matches = [
    state === undefined || state === 'unresolved'
      ? q !== undefined || isUnresolved(row.state)
      : row.state === state,
    Object.entries({ ...row }).every(([name, value]) => !(name in equal) || { ...equal }[name] === value),
    !from || Date.parse(row.firstAt) >= Date.parse(from),
    !to || Date.parse(row.firstAt) <= Date.parse(to),
    !actorId || row.actor.id === actorId,
    !q || q === row.batchId || q.replace('row ', '') === `${row.rowNumber}`,
  ];
  return !matches.includes(false);
}

describe('a search text', () => {
  it('finds one item by its ID, its batch and row, its assignment or its request, in any state', async () => {
    const { batchId, items } = await aCourseOfItems(3, () => ({ state: 'succeeded' as 'open' }));
    const [item] = items;
    const texts = [item?.id, `${batchId} row 2`, `${batchId}#2`, item?.assignmentId, item?.requestId];

    for (const q of texts) {
      expect(idsOf(await listAll({ q })), q ?? '').toEqual([item?.id]);
      expect(idsOf(await walked({ q })), q ?? '').toEqual([item?.id]);
    }
    expect(await listAll({ q: item?.id, state: 'open' })).toEqual([]);
  });

  it.each(['row.batch_none.7', 'create.none', 'row.', 'batch_none', 'nothing of ours', 'a\'b"c'])(
    'finds nothing for %s, without an error',
    async (q) => {
      expect(await listAll({ q })).toEqual([]);
    },
  );
});

/** `npm run load` asks for 20,000: storing and paging them takes a minute, on a slow machine several. */
const ITEMS = Number(process.env.LOAD_ITEMS ?? 4000);
const STORING_MS = 600_000;

/** The place of the one rare item, and of the newest that is looked at: far more than a page examines lie between. */
const RARE = ITEMS * 0.25;
const NEWEST = ITEMS * 0.9;

describe('among thousands of items', () => {
  let items: Stored[] = [];
  let courseId = '';

  beforeAll(async () => {
    ({ items, courseId } = await aCourseOfItems(ITEMS, (_, number) => ({
      code: 'ACCESS_DENIED',
      class: number === RARE ? 'business' : 'system',
      // No list reads them, and these are many to store.
      ...{ payload: null, attempts: [] },
    })));
  }, STORING_MS);

  it(
    'a search for something rare ends in a short page that leads on',
    async () => {
      const query = { courseId, class: 'business', to: at(NEWEST), limit: 1 };

      const first = await page(query);
      const reads = recordedCalls().filter(({ command }) => command === 'Query').length;

      expect(first).toEqual({ items: [], cursor: expect.any(String) });
      expect(reads).toBeLessThan(60);
      expect(idsOf(await listAll({ ...query, limit: 25 }))).toEqual([items[RARE]?.id]);
    },
    STORING_MS,
  );

  it(
    'paging meets each that stays unresolved once, and none twice, while others are being fixed',
    async () => {
      const random = createRandom(7);
      const latest = new Map(items.map((item) => [item.id, item]));
      const resolved = new Set<string>();
      // Between two pages some are claimed, some open again with a new attempt, some are resolved, and new ones fail.
      const changeSome = async () => {
        const places = new Set(Array.from({ length: 10 }, () => random.between(0, items.length - 1)));
        const chosen = [...places].map((place) => latest.get(items[place]?.id ?? ''));
        const changed = chosen.flatMap((item) => {
          const [state = 'open'] = random.shuffled([
            'open',
            'retrying',
            'snoozed',
            'succeeded',
            'discarded',
          ] as const);
          return item && !resolved.has(item.id)
            ? [{ ...inState(item, state), lastAt: new Date().toISOString() }]
            : [];
        });
        for (const item of changed) latest.set(item.id, item);
        for (const { id } of changed.filter(({ state }) => !isUnresolved(state))) resolved.add(id);
        await storeFailedItems([...changed, aFailedRow({ code: 'ACCESS_DENIED' })]);
      };

      const seen = await listAll({ code: 'ACCESS_DENIED', limit: 100, order: 'desc' }, changeSome);

      const ids = idsOf(seen);
      expect(new Set(ids).size).toBe(ids.length);
      expect(resolved.size).toBeGreaterThan(ITEMS / 100);
      const met = new Set(ids);
      const missed = items.filter(({ id }) => !resolved.has(id) && !met.has(id));
      expect(missed).toEqual([]);
    },
    STORING_MS,
  );
});

describe('a walk over failed items', () => {
  it('leaves out what failed after the moment of asking', async () => {
    const { courseId, items } = await aCourseOfItems(10);

    expect(idsOf(await walked({ courseId }, at(6)))).toEqual(idsOf(items.slice(0, 7)));
    expect(idsOf(await walked({ courseId, batchId: items[0]?.batchId }, at(6)))).toEqual(
      idsOf(items.slice(0, 7)),
    );
  });
});
