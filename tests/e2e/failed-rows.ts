import { expect, type Page } from '@playwright/test';
import { acceptedByApi, csvOf, rowsOf, runByApi } from '@/tests/e2e/batch-files';
import type { Fault } from '@/tests/support/fault-proxy';

const THROTTLED = { kind: 'error', name: 'ThrottlingException', message: 'Rate exceeded' } as const;

/** Every write of these rows is refused; the list of the failed, which names them as well, is another table. */
export const throttledRows = (marker: string): Fault => ({
  includes: marker,
  operation: 'BatchWriteItem',
  table: 'DemoProject-Assignments',
  effect: THROTTLED,
});

type Seed = { marker: string; count: number; fault: (fault: Fault) => Promise<() => Promise<void>> };

/** Runs a batch of which no row can be written, with the session of the page, which must be an admin's. */
export async function failedBatch(page: Page, { marker, count, fault }: Seed): Promise<string> {
  const batchId = await acceptedByApi(page, csvOf(rowsOf(marker, count)));
  const recover = await fault(throttledRows(marker));
  await runByApi(page, batchId);
  await recover();
  await expect.poll(() => failedByApi(page, batchId)).toBe(count);
  return batchId;
}

/** How many items of a batch are unresolved. */
async function failedByApi(page: Page, batchId: string): Promise<number> {
  const response = await page.request.get('/api/failed-items/groups', { params: { batchId } });
  const { data } = await response.json();
  return data.totals.open;
}

/** The first data row of a file is its row 2. */
export const itemId = (batchId: string, rowNumber: number) => `row.${batchId}.${rowNumber}`;

export const listOf = (batchId: string) => `/failed-items?${new URLSearchParams({ batchId })}`;

/** Where everything that failed is. */
export const failedEquation = (page: Page) => page.getByText(/failed = /);

export const cause = (page: Page, sentence: string | RegExp) => page.getByRole('button', { name: sentence });

export const itemRows = (page: Page) => page.getByRole('table', { name: /^Failed items/ }).getByRole('row');
