import type { Page } from '@playwright/test';
import type { FailedItemGroups } from '@/lib/shared/failed-item';
import { failedBatch, failedEquation, itemId, listOf } from '@/tests/e2e/failed-rows';
import { expect, test } from '@/tests/e2e/fixtures';

const THROTTLED = { kind: 'error', name: 'ThrottlingException', message: 'Rate exceeded' } as const;

const NOTHING: FailedItemGroups = {
  groups: [],
  totals: { open: 0, retrying: 0, unknown: 0, snoozed: 0, succeeded: 0, discarded: 0 },
  total: 0,
  isComplete: true,
  safety: { isSafe: true, failed: 0, succeeded: 0, code: null },
  asOf: '2026-11-25T03:00:00.000Z',
};

/** Other tests share the engine and have failures of their own: what the server would answer on a calm day is played. */
async function answerGroups(page: Page, data: FailedItemGroups) {
  await page.route('**/api/failed-items/groups*', (route) =>
    route.fulfill({ json: { success: true, data, requestId: 'req_1_abcdefghi' } }),
  );
}

test.beforeEach(async ({ signIn }) => signIn('admin'));

test('On a calm day the page says that nothing has failed', async ({ page }) => {
  await answerGroups(page, NOTHING);
  await page.goto('/failed-items');

  await expect(page.getByText('Nothing is left to do')).toBeVisible();
  await expect(page.getByText('Nothing has failed.', { exact: false })).toBeVisible();
  await expect(failedEquation(page)).toHaveText(/^0 failed = 0 open/);
  await expect(page.getByText(/no writes in the last two minutes/)).toBeVisible();
});

test('While writes fail the page says that retrying is not safe now', async ({ page }) => {
  const safety = { isSafe: false, failed: 30, succeeded: 10, code: 'THROTTLING' };
  await answerGroups(page, { ...NOTHING, safety });
  await page.goto('/failed-items');

  await expect(
    page.getByText(/^Not safe now: 75\s% of 40 writes in the last two minutes failed/),
  ).toBeVisible();
});

test('A filter that looked at a part only does not claim that there is nothing', async ({ page }) => {
  await answerGroups(page, { ...NOTHING, isComplete: false });
  await page.goto('/failed-items?q=row.nowhere.1');

  await expect(page.getByText('No match so far')).toBeVisible();
  await expect(page.getByText('Nothing is left to do')).toBeHidden();
});

test('Filters that nothing matches are named and cleared', async ({ page }) => {
  await page.goto('/failed-items?batchId=batch_nowhere&view=list');

  await expect(page.getByText('No failed item matches these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(page).toHaveURL(/\/failed-items(\?view=list)?$/);
});

test.describe('When DynamoDB does not answer', () => {
  test.use({ expectedConsoleErrors: [/50[03]|409|404/] });

  test('the page says so and loads once asked again', async ({ page, fault, uniqueTitle }) => {
    const batchId = await failedBatch(page, { marker: uniqueTitle, count: 1, fault });
    const recover = await fault({ includes: batchId, operation: 'Query', effect: THROTTLED });
    await page.goto(listOf(batchId));
    await expect(page.getByText('The failed items could not be loaded')).toBeVisible();
    await recover();
    await page.getByRole('button', { name: 'Try again' }).first().click();

    await expect(failedEquation(page)).toContainText('1 failed');
  });

  test('a retry leaves the item open with one attempt more, and says why', async ({
    page,
    fault,
    uniqueTitle,
  }) => {
    const batchId = await failedBatch(page, { marker: uniqueTitle, count: 1, fault });
    await page.goto(`/failed-items/${itemId(batchId, 2)}`);
    // The write and its three retries; that it failed is noted after them.
    const write = { includes: uniqueTitle, operation: 'TransactWriteItems', times: 4 };
    await fault({ ...write, effect: THROTTLED });
    await page.getByRole('button', { name: 'Retry' }).click();

    await expect(page.getByText('1 item failed again').last()).toBeVisible();
    await expect(
      page.getByRole('list', { name: 'Attempts, newest first' }).getByRole('listitem'),
    ).toHaveCount(2);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('open');
  });

  test('an action that was refused says so and nothing is lost', async ({ page, fault, uniqueTitle }) => {
    const batchId = await failedBatch(page, { marker: uniqueTitle, count: 1, fault });
    await page.goto(listOf(batchId));
    await page.route('**/api/failed-items/retry', (route) =>
      route.fulfill({
        status: 503,
        json: {
          success: false,
          error: 'Failed to retry',
          details: {
            error: 'DynamoDB is throttling',
            code: 'THROTTLING',
            requestId: 'req_1_abcdefghi',
            class: 'transient',
            action: 'Wait',
          },
        },
      }),
    );
    await page.getByRole('button', { name: 'Retry 1 item' }).click();

    await expect(page.getByText('What it would do could not be found out')).toBeVisible();
    await page.unroute('**/api/failed-items/retry');
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 1 item' }).click();
    await expect(page.getByText('Nothing is left to do')).toBeVisible();
  });

  test('an item that does not exist is named', async ({ page }) => {
    await page.goto('/failed-items/row.batch_nowhere.2');

    await expect(page.getByText('The failed item could not be loaded')).toBeVisible();
    await expect(page.getByText('There is no failed item row.batch_nowhere.2')).toBeVisible();
  });
});
