import { spawnSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { cause } from '@/tests/e2e/failed-rows';
import { expect, test } from '@/tests/e2e/fixtures';
import { E2E_AUTH_SECRET, FAULT_PROXY_URL } from '@/tests/support/e2e-address';

/** More causes than a morning has: a test that does not come to an end must fail. */
const MOST_STEPS = 30;

/** What `npm run demo -- --with-failures` prepares, in the tables of the product under test. */
function prepareMorning() {
  const environment = {
    DYNAMODB_ENDPOINT: FAULT_PROXY_URL,
    AUTH_SECRET: E2E_AUTH_SECRET,
    LOG_LEVEL: 'silent',
  };
  const { status } = spawnSync(
    process.execPath,
    ['scripts/run-ts.mjs', 'scripts/load-demo-data.ts', '--with-failures'],
    { stdio: 'inherit', env: { ...process.env, ...environment } },
  );
  expect(status).toBe(0);
}

test('@morning Ops people take a morning of failures to zero by the keyboard alone', async ({
  page,
  signIn,
}) => {
  test.setTimeout(300_000);
  prepareMorning();
  await signIn('ops');
  await page.goto('/failed-items');
  await expect(cause(page, 'The course does not exist')).toBeVisible();

  for (let step = 0; step < MOST_STEPS && !(await isNothingLeft(page)); step++) await solveNextCause(page);

  await expect(page.getByText('Nothing is left to do')).toBeVisible();
  await expect(page.getByText(/failed = 0 open \+ 0 retrying \+ 0 unknown \+ 0 snoozed/)).toBeVisible();
});

/** Decides once the page has loaded; a count may be a moment behind. */
async function isNothingLeft(page: Page): Promise<boolean> {
  await expect(
    page.getByRole('list', { name: 'Causes' }).or(page.getByText('Nothing is left to do')),
  ).toBeVisible();
  return page.getByText('Nothing is left to do').isVisible();
}

async function solveNextCause(page: Page) {
  const focused = page.locator('[data-stop^="group:"]:focus-within');
  if ((await focused.count()) === 0) await page.keyboard.press('J');
  const stop = await focused.getAttribute('data-stop');
  await askFor(page, (await focused.textContent()) ?? '');
  await carryOutPlan(page);
  await expect(page.locator(`[data-stop="${stop}"]`)).toHaveCount(0, { timeout: 60_000 });
}

/** The key for what helps, and the answer to what it asks. */
async function askFor(page: Page, text: string) {
  const dialog = page.getByRole('dialog');
  if (text.includes('The course does not exist')) {
    await page.keyboard.press('e');
    await expect(dialog.getByRole('combobox', { name: 'Course' })).toBeFocused();
    await page.keyboard.type('FFF-2014J');
    await page.keyboard.press('Enter');
  } else if (text.includes('has this ID already')) {
    await page.keyboard.press('d');
    await expect(dialog.getByLabel('Reason')).toBeFocused();
    await page.keyboard.type('The other one is right');
    await page.keyboard.press('Enter');
  } else {
    await page.keyboard.press('r');
  }
}

/** A large plan asks for a reason and leads to the page of its batch. */
async function carryOutPlan(page: Page) {
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^\d+ of \d+ will be/)).toBeVisible();
  const isBatch = await dialog.getByText('It runs as a batch').isVisible();
  if (isBatch) await page.keyboard.type('Writes succeed again');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  if (!isBatch) return;
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Done', { timeout: 60_000 });
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page).toHaveURL(/failed-items/);
}
