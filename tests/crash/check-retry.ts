import { env } from '@/lib/server/env';
import { type Finding, finding } from '@/tests/crash/findings';
import { rawItem, rawPartition } from '@/tests/crash/raw-tables';
import { brokenEquation } from '@/tests/crash/watch-equation';

/** What a bulk retry says it did, against the history of each item: every row was written by exactly one attempt. */
export async function checkRetry(bulkId: string, batchId: string, rows: number): Promise<Finding[]> {
  const bulk = await rawItem(env.BATCHES_TABLE, { batchId: bulkId, part: 'META' });
  if (!bulk) return finding('lost', rows, 'the bulk retry itself is gone');
  const items = await rawPartition(env.FAILED_ITEMS_TABLE, 'origin', `batch#${batchId}`);
  const successes = items.map(({ attempts }) => successesIn(attempts));
  const says = Number(bulk.succeeded);
  return [
    ...brokenEquation(bulk),
    ...finding('miscounted', says - rows, `bulk retry: ${says} succeeded of ${rows} items`),
    ...finding('lost', successes.filter((count) => count === 0).length, 'items without a successful attempt'),
    ...finding('doubled', successes.filter((count) => count > 1).length, 'items that succeeded twice'),
  ];
}

function successesIn(attempts: unknown): number {
  if (!Array.isArray(attempts)) return 0;
  return attempts.filter(({ outcome }) => outcome === 'succeeded' || outcome === 'landed').length;
}
