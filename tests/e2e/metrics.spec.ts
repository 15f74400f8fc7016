import type { Page } from '@playwright/test';
import { createdByApi } from '@/tests/e2e/assignment-api';
import { expect, expectAccessible, test } from '@/tests/e2e/fixtures';

const COURSE = 'CCC-2014B';

const creates = (page: Page) => page.getByRole('region', { name: 'Creates', exact: true });

/** The creates of the newest slots, in the table form of their chart. */
async function createsInTable(page: Page): Promise<number> {
  const table = creates(page).getByRole('table', { name: 'Creates, as a table' });
  const cells = await table.locator('tbody tr > :nth-child(2)').allTextContents();
  return cells.reduce((sum, cell) => sum + (Number(cell.replaceAll(',', '')) || 0), 0);
}

test('Somebody creates, sees it counted without a reload, and follows an example to its request', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  test.slow();
  await signIn('admin');
  await page.goto('/metrics');
  await creates(page).getByText('Show as a table').click();
  await expect(creates(page).getByRole('table', { name: 'Creates, as a table' })).toBeVisible();
  const before = await createsInTable(page);

  for (const part of [1, 2, 3])
    await createdByApi(page, { courseId: COURSE, title: `${uniqueTitle} ${part}` });

  await expect.poll(() => createsInTable(page), { timeout: 30_000 }).toBeGreaterThanOrEqual(before + 3);
  const chart = creates(page).getByRole('slider').first();
  await chart.focus();
  await chart.press('End');
  await chart.press('Enter');
  const examples = page.getByRole('table', { name: 'Example requests' });
  await examples.getByRole('link', { name: /^req_/ }).first().click();
  await expect(page).toHaveURL(/\/requests\/req_/);
  await expect(page.getByRole('heading', { name: 'Its minute' })).toBeVisible();
  await expect(page.getByRole('cell', { name: /^those that/ }).first()).toBeVisible();
});

test('Somebody opens the request of an assignment and sees what it did', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  await signIn('admin');
  const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
  await page.goto(`/assignments/${assignmentId}`);
  await page.getByRole('link', { name: 'What this request did' }).click();

  await expect(page.getByRole('heading', { name: 'Request', exact: true })).toBeVisible();
  await expect(page.getByText(`Ada Min created the assignment ${uniqueTitle} in ${COURSE}`)).toBeVisible();
  await expect(page.getByRole('link', { name: `${uniqueTitle} in ${COURSE}` })).toBeVisible();
  await expectAccessible(page);
});

test('An unknown request says where it was looked', async ({ page, signIn }) => {
  await signIn('ops');
  await page.goto('/requests/req_1764066000000_000000000');

  await expect(page.getByText('Nothing is known of this request').first()).toBeVisible();
  await expect(page.getByText('Audit trail, by request ID')).toBeVisible();
  await expectAccessible(page);
});

test.describe('with a wrong ID', () => {
  test.use({ expectedConsoleErrors: [/status of 400/] });

  test('Somebody is told what a request ID looks like', async ({ page, signIn }) => {
    await signIn('ops');
    await page.goto('/requests/nonsense');

    await expect(page.getByRole('alert').first()).toContainText('A request ID looks like');
  });
});

test('An admin holds a breaker, and the audit trail says so and why', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  await signIn('admin');
  await page.goto('/metrics');
  await expect(page.getByRole('heading', { name: 'Circuit breakers' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Alerts', exact: true })).toBeVisible();
  const row = page
    .getByRole('table', { name: 'The breaker of each table' })
    .getByRole('row', { name: /Consistency/i });
  await row.getByRole('button', { name: /^Override/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(uniqueTitle);
  await dialog.getByRole('radio', { name: /Hold it closed/ }).check();
  await dialog.getByRole('button', { name: 'Hold it closed' }).click();
  await expect(row.getByRole('button', { name: /^Let go/ })).toBeVisible();
  await row.getByRole('button', { name: /^Let go/ }).click();
  await dialog.getByLabel('Reason').fill(`${uniqueTitle} is over`);
  await dialog.getByRole('button', { name: 'Let it go' }).click();
  await expect(row.getByRole('button', { name: /^Override/ })).toBeVisible();

  await page.goto('/audit-log?action=OVERRIDE_BREAKER');

  await expect(page.getByRole('table', { name: 'Audit trail' })).toContainText(uniqueTitle);
});
