import { expect, it } from 'vitest';
import { keyOfId } from '@/lib/server/failed-items/failed-item-key';
import { readItems } from '@/lib/server/failed-items/read-items';
import { newRequestId } from '@/lib/server/request-id';
import { numbersOf } from '@/tests/support/batches';
import {
  allCounted,
  bulkNumbersOf,
  countAssignments,
  lookUntilEnd,
  requestBatch,
  rowsOf,
} from '@/tests/support/bulk';
import { courseItem } from '@/tests/support/factories';
import { aFailedBatch } from '@/tests/support/failed-batch';
import { rowId } from '@/tests/support/failed-items';

/** `npm run load` asks for 3,000. */
const ITEMS = Number(process.env.LOAD_RETRIES ?? 600);

it(`retries each of ${ITEMS} items once when three people ask for it at the same time`, {
  timeout: 600_000,
}, async () => {
  const rows = Array.from({ length: ITEMS }, (_, at) => at + 2);
  const source = await aFailedBatch(Array(6).fill(ITEMS / 6));
  const asked = await Promise.all(
    [1, 2, 3].map(() => requestBatch({ action: 'retry' }, { filter: rowsOf(source) })),
  );

  await Promise.all(asked.map(lookUntilEnd));
  await allCounted();

  const numbers = await Promise.all(asked.map(bulkNumbersOf));
  const sum = (name: 'succeeded' | 'skipped' | 'failed' | 'waiting') =>
    numbers.reduce((total, batch) => total + batch[name], 0);
  expect(numbers.map(({ state, rows: all }) => [state, all])).toEqual(Array(3).fill(['done', ITEMS]));
  expect([sum('succeeded'), sum('skipped'), sum('failed'), sum('waiting')]).toEqual([ITEMS, 2 * ITEMS, 0, 0]);
  expect(await countAssignments(source.courseId)).toBe(ITEMS);
  expect(await courseItem(source.courseId)).toMatchObject({ assignmentCount: ITEMS });
  expect(await numbersOf(source.batchId)).toMatchObject({ created: ITEMS, failed: 0, waiting: 0 });
  const items = await readItems(
    rows.map((row) => keyOfId(rowId(source, row))),
    newRequestId(),
  );
  expect([...items.values()].filter(({ attemptCount }) => attemptCount === 2)).toHaveLength(ITEMS);
});
