import type { Page } from '@playwright/test';
import { createdByApi } from '@/tests/e2e/assignment-api';
import { acceptedByApi, csvOf, rowsOf, runByApi } from '@/tests/e2e/batch-files';
import { expect, expectAccessible, test } from '@/tests/e2e/fixtures';

const trail = (page: Page) => page.getByRole('table', { name: 'Audit trail' });

test('An auditor narrows the trail, selects a time and finds all of it again after a reload', async ({
  page,
  signIn,
}) => {
  await signIn('auditor');
  await page.goto('/audit-log');
  await expect(trail(page)).toBeVisible();
  await page.getByLabel('Action').selectOption('CREATE_ASSIGNMENT');
  await expect(page).toHaveURL(/action=CREATE_ASSIGNMENT/);
  await page.getByRole('button', { name: /^Times in/ }).click();
  const chart = page.getByRole('slider', { name: /^Events over time/ });
  await chart.focus();
  await chart.press('ArrowRight');
  await chart.press('Shift+ArrowLeft');
  await chart.press('Enter');
  await expect(page).toHaveURL(/from=.*to=|to=.*from=/);
  await expect(trail(page).getByRole('row').nth(1)).toContainText('created');

  await page.reload();

  await expect(page.getByRole('button', { name: 'Times in UTC' })).toBeVisible();
  const chips = page.getByRole('list', { name: 'Filters' }).getByRole('listitem');
  await expect(chips).toHaveText([/Action: Create assignment/, /From:/, /To:/, /Clear/]);
  await expect(trail(page).getByRole('row').nth(1)).toContainText('created');
});

test('An auditor finds what a person did by their email', async ({ page, signIn }) => {
  await signIn('auditor');
  await page.goto('/audit-log');
  await page.getByRole('combobox', { name: 'Actor' }).fill('instructor@example.edu');
  await page.getByRole('option', { name: /has this email/ }).click();

  await expect(page).toHaveURL(/actor=/);
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('Actor: Ines Structor');
  await expect(trail(page).getByRole('row').nth(1)).toContainText('Ines Structor');
});

test('An admin expands a batch to its rows, and the request of a row leads on', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  test.slow();
  await signIn('admin');
  const batchId = await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 60)));
  await runByApi(page, batchId);
  await page.goto(`/audit-log?batchId=${batchId}`);

  await page.getByRole('button', { name: /^Batch .* created 60 assignments$/ }).click();
  const rows = trail(page)
    .getByRole('list', { name: /^Rows of/ })
    .getByRole('listitem');
  await expect(rows).toHaveCount(50);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show more rows' }).click();
  await expect(rows).toHaveCount(60);

  const request = rows.first().getByRole('link').last();
  const path = (await request.getAttribute('href')) ?? '';
  await request.click();
  await expect(page).toHaveURL(path);
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
  await page.getByRole('link', { name: 'In the audit trail' }).click();
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('Request:');
  await expect(trail(page).locator(`a[href="${path}"]`).first()).toBeVisible();
});

test('An auditor opens an event by keyboard, sees what was changed and is back in the list', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  await signIn('instructor');
  const assignmentId = await createdByApi(page, { courseId: 'CCC-2014B', title: uniqueTitle });
  await signIn('auditor');
  await page.goto(`/audit-log?resource=assignment:${assignmentId}`);
  await expect(trail(page)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Event' });

  await expect(drawer.getByRole('region', { name: 'Changes' })).toContainText(uniqueTitle);
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await expect(drawer).toBeHidden();
  await expect(page).not.toHaveURL(/event=/);
  await expect(page.locator('[data-audit-entry]').first()).toBeFocused();
});

test('The live tail shows a new event without a reload', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/audit-log?live=true&action=SIGN_IN&outcome=failure');
  await expect(page.getByRole('button', { name: 'Live: on' })).toBeVisible();
  const before = await trail(page).getByRole('row').count();

  await page.request.post('/api/auth/sign-in/email', {
    data: { email: 'nobody@example.edu', password: 'wrong-password' },
  });

  await expect.poll(() => trail(page).getByRole('row').count()).toBeGreaterThan(before);
  await expect(trail(page).getByRole('row').nth(1)).toContainText(
    'was refused to sign in as n•••@example.edu',
  );
});
