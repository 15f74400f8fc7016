import type { Page } from '@playwright/test';
import { createdByApi, editedByApi } from '@/tests/e2e/assignment-api';
import { acceptedByApi, csvOf, rowsOf, runByApi, stateByApi } from '@/tests/e2e/batch-files';
import { expect, expectAccessible, test } from '@/tests/e2e/fixtures';

/** Nobody else writes as this person, and nobody else counts in these courses. */
const PERSON = 'instructor2@example.edu';
const COURSE = 'DDD-2014J';
const PENDING_COURSE = 'EEE-2014B';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const plan = (page: Page) => page.getByRole('region', { name: 'Plan', exact: true });

/** To the whole second, as the page shows it. */
const secondsAgo = (seconds: number) =>
  new Date(Math.floor(Date.now() / 1000 - seconds) * 1000).toISOString();

async function rollBack(page: Page, reason: string) {
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Roll back', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back now?' });
  await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
}

// One after the other: what a person did is counted, and the tests of this file share the person.
test.describe.configure({ mode: 'default' });

test.describe('What a person did', () => {
  test.use({ expectedConsoleErrors: [/status of 404/] });

  test('An admin takes back what a person did, as far as nobody has built upon it', async ({
    page,
    signIn,
    uniqueTitle,
  }) => {
    test.slow();
    await signIn('instructor2');
    const from = secondsAgo(0);
    const taken = await createdByApi(page, { courseId: COURSE, title: `${uniqueTitle} wrong` });
    const kept = await createdByApi(page, { courseId: COURSE, title: `${uniqueTitle} kept` });
    await signIn('admin');
    await editedByApi(page, kept, { version: 1, title: `${uniqueTitle} improved` });
    const path = `/rollbacks?${new URLSearchParams({ kind: 'actor', actor: PERSON, from, to: secondsAgo(-60) })}`;

    await page.goto(path);
    await expect(plan(page)).toContainText('1 assignment is deleted');
    await expect(plan(page)).toContainText('1: Somebody else changed it since');
    const table = page.getByRole('table', { name: 'Assignments of the plan' });
    await expect(table.getByRole('row', { name: /wrong/ })).toContainText('Delete');
    await expect(table.getByRole('row', { name: /improved/ })).toContainText('Stays');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Roll back', exact: true }).click();
    await expect(page.getByText('Give a reason of at least 3 characters')).toBeVisible();
    await rollBack(page, 'The account was stolen');
    await expect(page).toHaveURL(/\/batches\/batch_/);
    await expect(heading(page)).toContainText('Done');

    expect((await page.request.get(`/api/assignments/${taken}`)).status()).toBe(404);
    expect((await page.request.get(`/api/assignments/${kept}`)).status()).toBe(200);
    await page.goto(path);
    await expect(plan(page)).toContainText('There is nothing to take back');
    await expect(page.getByRole('button', { name: 'Roll back', exact: true })).toBeHidden();
  });
});

test('An admin goes from an assignment with a pending step to its rollback, and takes it away', async ({
  page,
  signIn,
  fault,
  uniqueTitle,
}) => {
  test.slow();
  await fault({
    includes: `"Key":{"courseId":{"S":"${PENDING_COURSE}"}}`,
    operation: 'TransactWriteItems',
    effect: { kind: 'error', name: 'ResourceNotFoundException', message: 'Requested resource not found' },
  });
  await signIn('instructor2');
  const assignmentId = await createdByApi(page, { courseId: PENDING_COURSE, title: uniqueTitle });
  await signIn('admin');

  await page.goto(`/assignments/${assignmentId}`);
  await page.getByRole('link', { name: 'Roll this create back' }).click();
  await expect(plan(page)).toContainText('The assignment is counted at its course');
  await page.getByRole('radio', { name: 'Take the assignment away', exact: true }).check();
  await expect(plan(page)).toContainText('The assignment is deleted');
  await expect(plan(page)).not.toContainText('count of its course goes down');
  await expect(plan(page)).toContainText('The audit trail keeps the creation and the deletion');
  await expectAccessible(page);

  await rollBack(page, 'Created in the wrong course');
  await expect(page.getByRole('status').filter({ hasText: 'The assignment was taken away' })).toBeVisible();
  await expect(plan(page)).toContainText('It is not there any more');
});

test('An admin chooses an import, reads what its undo would do, and runs it', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  test.slow();
  await signIn('admin');
  const batchId = await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 3)), 'rollback.csv');
  await runByApi(page, batchId);

  await page.goto('/rollbacks');
  await page.getByRole('radio', { name: 'An import' }).check();
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.getByText('Give the ID of the batch')).toBeVisible();
  await page.getByLabel('Batch ID').fill(batchId);
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(plan(page)).toContainText('3 assignments are deleted');
  await rollBack(page, 'The wrong file');

  await expect(heading(page)).toContainText('Undo of rollback.csv');
  await expect.poll(() => stateByApi(page, batchId)).toBe('undone');
});

test('An auditor reads plans and runs none; what is wrong with a time is said at its field', async ({
  page,
  signIn,
}) => {
  await signIn('auditor');
  await page.goto('/rollbacks');
  await expectAccessible(page);
  await page.getByRole('radio', { name: 'What a person did' }).check();
  await page.getByLabel('User ID or email').fill(PERSON);
  await page.getByLabel('From').fill('2026-01-01T00:00:00');
  await page.getByLabel('To', { exact: true }).fill('2026-01-20T00:00:00');
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.getByText('Choose at most 7 days')).toBeVisible();

  await page.getByLabel('To', { exact: true }).fill('2026-01-03T00:00:00');
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(plan(page)).toContainText('There is nothing to take back');
  await expect(page.getByText('This person changed no assignment in this time')).toBeVisible();
  await expect(page.getByText('An administrator can run this rollback')).toBeVisible();

  await page.getByRole('radio', { name: 'An inconsistency' }).check();
  await expect(page.getByRole('link', { name: 'Go to consistency' })).toHaveAttribute('href', '/consistency');
});

test.describe('A person whom nobody knows', () => {
  test.use({ expectedConsoleErrors: [/status of 404/] });

  test('is said to be unknown, with the code', async ({ page, signIn }) => {
    await signIn('ops');
    const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    await page.goto(
      `/rollbacks?${new URLSearchParams({ kind: 'actor', actor: 'nobody@example.edu', ...range })}`,
    );

    await expect(page.getByRole('alert').first()).toContainText('Nobody has the user ID or email');
  });
});
