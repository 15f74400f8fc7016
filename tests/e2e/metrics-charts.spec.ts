import type { Locator, Page } from '@playwright/test';
import { createdByApi } from '@/tests/e2e/assignment-api';
import { expect, expectAccessible, test } from '@/tests/e2e/fixtures';

const COURSE = 'CCC-2014B';

const row = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const chart = (page: Page, name: string) => page.getByRole('slider', { name: new RegExp(`^${name}`) });

/** The number of creates that their chart says it shows. */
async function createsShown(page: Page): Promise<number> {
  const text = await row(page, 'Creates')
    .getByText(/ in all$/)
    .first()
    .textContent();
  return Number((text ?? '').replaceAll(/\D/g, ''));
}

/** The sum of one column of a table. */
async function sumOf(table: Locator, column: number): Promise<number> {
  const cells = await table.locator(`tbody tr > :nth-child(${column})`).allTextContents();
  return cells.reduce((sum, cell) => sum + (Number(cell.replaceAll(',', '')) || 0), 0);
}

test('Somebody sees whether writes are healthy, and the charts move by themselves', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  test.slow();
  await signIn('admin');
  await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
  await page.goto('/metrics');
  await expect(page.getByText(/^Writes are healthy|^Creates|^Batch rows/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Live: on' })).toBeVisible();
  await expect.poll(() => createsShown(page), { timeout: 30_000 }).toBeGreaterThan(0);
  const before = await createsShown(page);

  await createdByApi(page, { courseId: COURSE, title: `${uniqueTitle} 2` });

  await expect.poll(() => createsShown(page), { timeout: 30_000 }).toBeGreaterThan(before);
});

test('Somebody moves through all charts by keyboard, zooms in, and goes back', async ({ page, signIn }) => {
  await signIn('ops');
  await page.goto('/metrics?range=6h');
  const creates = chart(page, 'Creates per');
  await creates.focus();

  await page.keyboard.press('Home');
  const first = await creates.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowRight');
  const second = await creates.getAttribute('aria-valuetext');
  expect(second).not.toBe(first);
  // One cursor for all: the reads below stand at the same time.
  const time = (second ?? '').split(': ')[0] ?? '';
  await expect(chart(page, 'Reads per')).toHaveAttribute('aria-valuetext', new RegExp(`^${time}: `));

  await page.keyboard.press('Shift+PageDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=.*to=/);
  await expect(page.getByRole('button', { name: 'Live: off' })).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page).not.toHaveURL(/from=/);
});

test('The table of a chart holds the numbers that it draws, and so does its file', async ({
  page,
  signIn,
}) => {
  await signIn('admin');
  await page.goto('/metrics');
  await page.getByRole('button', { name: 'Live: on' }).click();
  await expect(page.getByRole('button', { name: 'Live: off' })).toBeVisible();
  const creates = row(page, 'Creates');
  await creates.getByText('Show as a table').click();
  const table = creates.getByRole('table', { name: 'Creates, as a table' });
  await expect(table).toBeVisible();

  // Until the fixed time is read, the numbers of the time before are shown.
  await expect.poll(async () => (await sumOf(table, 2)) - (await createsShown(page))).toBe(0);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download Creates as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('creates.csv');
  await expectAccessible(page);
});

test('@mobile Metrics fit a phone', async ({ page, signIn }) => {
  await signIn('ops');
  await page.goto('/metrics');
  await expect(chart(page, 'Creates per')).toBeVisible();

  const hiddenPixels = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(hiddenPixels).toBeLessThanOrEqual(0);
});
