import { createdByApi, editedByApi } from '@/tests/e2e/assignment-api';
import { expect, test } from '@/tests/e2e/fixtures';

const COURSE = 'CCC-2014B';

test('An instructor edits an assignment and the history shows both versions of the field', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  await signIn('instructor');
  const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
  await page.goto(`/assignments/${assignmentId}`);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill(`${uniqueTitle} better`);
  await page.getByRole('button', { name: 'Save changes' }).click();

  await expect(page.getByText('Changes saved.')).toBeVisible();
  const entry = page.getByRole('listitem').filter({ hasText: 'Edited by instructor' });
  await expect(entry.locator('del')).toHaveText(uniqueTitle);
  await expect(entry.locator('ins')).toHaveText(`${uniqueTitle} better`);
  await expect(page.getByRole('listitem').filter({ hasText: 'Created by instructor' })).toBeVisible();
});

test.describe('an edit that somebody else overtook', () => {
  test.use({ expectedConsoleErrors: [/status of 409/] });

  test('shows both versions, keeps what was typed, and saves it on top', async ({
    page,
    signIn,
    uniqueTitle,
  }) => {
    await signIn('instructor');
    const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
    await page.goto(`/assignments/${assignmentId}/edit`);
    await page.getByLabel('Title').fill(`${uniqueTitle} mine`);
    await editedByApi(page, assignmentId, { version: 1, title: `${uniqueTitle} theirs`, points: 42 });
    await page.getByRole('button', { name: 'Save changes' }).click();

    const conflict = page.getByRole('alert').filter({ hasText: 'Somebody else changed this assignment' });
    await expect(conflict.getByRole('row', { name: /^Title/ })).toContainText(`${uniqueTitle} theirs`);
    await expect(conflict.getByRole('row', { name: /^Title/ })).toContainText(`${uniqueTitle} mine`);
    await expect(conflict.getByRole('row', { name: /^Points/ })).toContainText('not changed by you');
    await conflict.getByRole('button', { name: 'Keep my changes on top' }).click();

    await expect(page.getByLabel('Title')).toHaveValue(`${uniqueTitle} mine`);
    await expect(page.getByLabel('Points')).toHaveValue('42');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Changes saved.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${uniqueTitle} mine`);
  });
});

test('An assignment is archived after a question, cannot be edited then, and is restored as a draft', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  await signIn('instructor');
  const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
  await page.goto(`/assignments/${assignmentId}`);
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Archived');
  await expect(page.getByRole('link', { name: 'Edit' })).toBeHidden();
  await page.getByRole('button', { name: 'Restore as draft' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Draft');
  await expect(page.getByRole('listitem').filter({ hasText: /^Restored as a draft by/ })).toBeVisible();
});

test('A duplicate starts as a draft copy and becomes an assignment of its own', async ({
  page,
  signIn,
  uniqueTitle,
}) => {
  await signIn('instructor');
  const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
  await page.goto(`/assignments/${assignmentId}`);
  await page.getByRole('link', { name: 'Duplicate' }).click();
  await expect(page.getByLabel('Title')).toHaveValue(`${uniqueTitle} (copy)`);
  await page.getByRole('button', { name: 'Create assignment' }).click();

  await expect(page.getByText('Assignment created.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${uniqueTitle} (copy)`);
  expect(page.url()).not.toContain(assignmentId);
});

test('An auditor reads an assignment and its history but is offered no change', async ({
  page,
  signIn,
  context,
  uniqueTitle,
}) => {
  await signIn('instructor');
  const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
  await context.clearCookies();
  await signIn('auditor');
  await page.goto(`/assignments/${assignmentId}`);

  await expect(page.getByText('Created by instructor, Social Sciences')).toBeVisible();
  for (const name of ['Edit', 'Duplicate']) await expect(page.getByRole('link', { name })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Archive' })).toBeHidden();
});

test.describe('what is not there, or not for this person', () => {
  test.use({ expectedConsoleErrors: [/status of (403|404)/] });

  test('An unknown assignment says so', async ({ page, signIn }) => {
    await signIn('instructor');
    await page.goto('/assignments/assignment_none');

    await expect(page.getByRole('main').getByRole('alert')).toContainText(
      'There is no assignment assignment_none',
    );
  });

  test('An assignment of a foreign course is refused', async ({ page, signIn, context, uniqueTitle }) => {
    await signIn('admin');
    const assignmentId = await createdByApi(page, { courseId: 'DDD-2013J', title: uniqueTitle });
    await context.clearCookies();
    await signIn('instructor');
    await page.goto(`/assignments/${assignmentId}`);

    await expect(page.getByRole('main').getByRole('alert')).toContainText('You do not teach DDD-2013J');
  });
});
