import type { Page } from '@playwright/test';
import { createdByApi } from '@/tests/e2e/assignment-api';
import { acceptedByApi, chooseFile, csvOf, equation, rowsOf, runByApi } from '@/tests/e2e/batch-files';
import { cause, failedBatch, itemId, itemRows, listOf } from '@/tests/e2e/failed-rows';
import { expect, expectAccessible, test } from '@/tests/e2e/fixtures';

const COURSE = 'CCC-2014B';

/** Every page of the product, and what shows that it has loaded. */
const PAGES: {
  name: string;
  path: (assignmentId: string) => string;
  loaded: (page: Page) => Promise<void>;
}[] = [
  {
    name: 'assignments',
    path: () => '/assignments?courseId=AAA-2013J',
    loaded: (page) => expect(page.getByRole('row')).toHaveCount(7),
  },
  {
    name: 'new assignment',
    path: () => `/assignments/new?courseId=${COURSE}`,
    loaded: (page) => expect(page.getByText('Europe/London').first()).toBeVisible(),
  },
  {
    name: 'assignment',
    path: (assignmentId) => `/assignments/${assignmentId}`,
    loaded: (page) => expect(page.getByText(/^Created by/)).toBeVisible(),
  },
  {
    name: 'edit assignment',
    path: (assignmentId) => `/assignments/${assignmentId}/edit`,
    loaded: (page) => expect(page.getByLabel('Title')).not.toHaveValue(''),
  },
  {
    name: 'courses',
    path: () => '/courses',
    loaded: (page) => expect(page.getByRole('row')).not.toHaveCount(0),
  },
  {
    name: 'metrics',
    path: () => '/metrics',
    loaded: (page) => expect(page.getByRole('slider')).not.toHaveCount(0),
  },
];

for (const { name, path, loaded } of PAGES) {
  test(`the page "${name}" has no accessibility problem`, async ({ page, signIn, uniqueTitle }) => {
    await signIn('instructor');
    const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
    await page.goto(path(assignmentId));
    await loaded(page);

    await expectAccessible(page);
  });
}

test('batches and a chosen file have no accessibility problem', async ({ page, signIn, uniqueTitle }) => {
  test.slow();
  await signIn('admin');
  await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 1)));
  await page.goto('/batches');
  await expect(page.getByRole('table', { name: 'Batches' })).toBeVisible();
  await expectAccessible(page);

  await chooseFile(page, { name: 'chosen.csv', text: csvOf(rowsOf(uniqueTitle, 2)) });
  await expect(page.getByRole('table', { name: 'First rows of the file' })).toContainText('Valid');
  await expectAccessible(page);
});

test('a batch has no accessibility problem, neither before nor after its run', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  test.slow();
  await signIn('admin');
  const rows = [...rowsOf(uniqueTitle, 3), { title: `${uniqueTitle} bad`, type: 'nonsense' }];
  const batchId = await acceptedByApi(page, csvOf(rows));
  await page.goto(`/batches/${batchId}`);
  await expect(page.getByRole('heading', { name: 'How the file was read' })).toBeVisible();
  await expectAccessible(page);

  await runByApi(page, batchId);
  await page.reload();
  await expect(equation(page)).toContainText('0 waiting');
  await expect(page.getByRole('img', { name: 'Rows per second' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Results by course' })).toBeVisible();
  await expectAccessible(page);
});

test('the page of checks has no accessibility problem', async ({ page, signIn }) => {
  test.slow();
  await signIn('admin');
  await page.goto('/consistency');
  await page.getByRole('button', { name: /Check now|Checking/ }).click();
  await expect(page.getByRole('table', { name: 'Rules' })).toBeVisible();
  await expectAccessible(page);

  await expect(page.getByRole('button', { name: 'Check now' })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
});

test('the audit trail, its filters and its bars as a table have no accessibility problem', async ({
  page,
  signIn,
}) => {
  test.slow();
  await signIn('auditor');
  const from = new Date(Date.now() - 60 * 60 * 1000).toISOString();
  await page.goto(`/audit-log?action=CREATE_ASSIGNMENT&resource=unclear&order=oldest&from=${from}`);
  await expect(page.getByRole('table', { name: 'Audit trail' })).toBeVisible();
  await page.getByText('Show as a table').click();
  await expect(page.getByRole('table', { name: 'Events over time, as a table' })).toBeVisible();
  await expect(page.getByText('not understood')).toBeVisible();

  await expectAccessible(page);
});

test('failed items, their questions and one of them have no accessibility problem', async ({
  page,
  fault,
  signIn,
  uniqueTitle,
}) => {
  test.slow();
  await signIn('admin');
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 2, fault });
  await page.goto(listOf(batchId));
  await cause(page, /busy/).click();
  await itemRows(page).nth(1).getByRole('checkbox').check();
  await expectAccessible(page);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard…' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText('Give a reason of at least 3 characters')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Retry 2 items' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 of 2 will be retried');
  await expectAccessible(page);

  await page.goto(`/failed-items/${itemId(batchId, 2)}`);
  await expect(page.getByRole('heading', { name: 'Attempts' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect(page.getByLabel('Title')).not.toHaveValue('');
  await expectAccessible(page);
});

test('the sign-in page has no accessibility problem', async ({ page }) => {
  await page.goto('/sign-in');

  await expectAccessible(page);
});

test('a form full of errors, an open menu, help and a question have no accessibility problem', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  await signIn('instructor');
  await page.goto('/assignments/new');
  await page.getByRole('button', { name: 'Create assignment' }).click();
  await expect(page.getByText('Correct 2 fields')).toBeVisible();
  await expectAccessible(page);

  const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
  await page.goto(`/assignments/${assignmentId}`);
  await page.getByRole('button', { name: 'Archive' }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /Account/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page);
});
