import type { Page } from '@playwright/test';
import { createdByApi, editedByApi, storedWithTitle } from '@/tests/e2e/assignment-api';
import { expect, test } from '@/tests/e2e/fixtures';

const COURSE = 'CCC-2014J';
const NEW_PATH = `/assignments/new?courseId=${COURSE}`;

const title = (page: Page) => page.getByLabel('Title');
const save = (page: Page) => page.getByRole('button', { name: 'Save changes' });

async function openForm(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByText('Europe/London').first()).toBeVisible();
}

test.beforeEach(async ({ signIn }) => signIn('instructor'));

test('A date without its time is refused, not sent as no date at all', async ({ page, uniqueTitle }) => {
  await openForm(page, NEW_PATH);
  await title(page).fill(uniqueTitle);
  await page.getByLabel('Due').pressSequentially('01072030');
  await page.getByRole('button', { name: 'Create assignment' }).click();

  await expect(page.getByText('Complete the date and the time, or clear both').first()).toBeVisible();
  await expect(page.getByLabel('Due')).toBeFocused();
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toEqual([]);
});

test('A time that the clocks skip is refused, and one that comes twice is explained', async ({ page }) => {
  await openForm(page, NEW_PATH);
  await page.getByLabel('Due').fill('2030-03-31T01:30');
  await title(page).click();
  await expect(page.getByText('The clocks go forward over this time in Europe/London')).toBeVisible();

  await page.getByLabel('Due').fill('2030-10-27T01:30');
  await expect(page.getByText('the first of the two is meant')).toBeVisible();
});

test('The first wrong field gets the focus, the course included', async ({ page }) => {
  await page.goto('/assignments/new');
  await page.getByRole('button', { name: 'Create assignment' }).click();

  await expect(page.getByRole('combobox', { name: 'Course', exact: true })).toBeFocused();
});

test('Choosing another course by typing over the first one sends the second', async ({
  page,
  uniqueTitle,
}) => {
  await openForm(page, NEW_PATH);
  await title(page).fill(uniqueTitle);
  const course = page.getByRole('combobox', { name: 'Course', exact: true });
  await course.fill('CCC-2014B');
  await page.getByRole('option', { name: /CCC-2014B/ }).click();
  await page.getByRole('button', { name: 'Create assignment' }).click();

  await expect(page.getByText('Assignment created.')).toBeVisible();
  expect(await storedWithTitle(page, 'CCC-2014B', uniqueTitle)).toHaveLength(1);
});

test('What was done is said once: a reload does not say it again', async ({ page, uniqueTitle }) => {
  await openForm(page, NEW_PATH);
  await title(page).fill(uniqueTitle);
  await page.getByRole('button', { name: 'Create assignment' }).click();
  await expect(page.getByText('Assignment created.')).toBeVisible();

  await expect(page).not.toHaveURL(/done=/);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(uniqueTitle);
  await expect(page.getByText('Assignment created.')).toBeHidden();
});

test('An edit is not left unasked by a shortcut or the course switcher', async ({ page, uniqueTitle }) => {
  const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
  await openForm(page, `/assignments/${assignmentId}/edit`);
  await title(page).fill(`${uniqueTitle} better`);
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });

  await page.getByRole('heading', { name: 'Edit assignment' }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('combobox', { name: 'Go to course' }).fill('CCC-2014B');
  await page.getByRole('option', { name: /CCC-2014B/ }).click();
  await dialog.getByRole('button', { name: 'Stay' }).click();

  await expect(title(page)).toHaveValue(`${uniqueTitle} better`);
});

test('The course filter is empty again after going back to the list of all courses', async ({ page }) => {
  const course = page.getByRole('combobox', { name: 'Course', exact: true });
  await page.goto(`/assignments?courseId=${COURSE}`);
  await expect(course).toHaveValue(COURSE);

  await page.getByRole('link', { name: 'Assignments', exact: true }).click();

  await expect(page).toHaveURL(/\/assignments$/);
  await expect(course).toHaveValue('');
});

test('A due date counts as the day of the course, not of the reader', async ({ page, uniqueTitle }) => {
  // The reader is in Berlin, where this deadline is on the next day already.
  await createdByApi(page, { courseId: COURSE, title: uniqueTitle, dueAt: '2031-05-01T22:59:00Z' });
  const filter = new URLSearchParams({
    courseId: COURSE,
    dueFrom: '2031-05-01',
    dueTo: '2031-05-01',
    title: uniqueTitle,
  });

  await page.goto(`/assignments?${filter}`);

  await expect(page.getByRole('row', { name: new RegExp(uniqueTitle) })).toContainText(
    '1 May 2031, 23:59 Europe/London',
  );
});

test.describe('after an answer that never came', () => {
  test.use({ expectedConsoleErrors: [/ERR_FAILED|status of 409/] });

  test('an edit that had arrived is found saved, not called a conflict', async ({ page, uniqueTitle }) => {
    const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
    await openForm(page, `/assignments/${assignmentId}/edit`);
    await title(page).fill(`${uniqueTitle} better`);
    await page.route(`**/api/assignments/${assignmentId}`, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await save(page).click();
    await expect(page.getByRole('alert').filter({ hasText: 'The changes were not saved' })).toBeVisible();

    await page.unroute(`**/api/assignments/${assignmentId}`);
    await save(page).click();

    await expect(page.getByText('Changes saved.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${uniqueTitle} better`);
  });
});

test.describe('an assignment that changed under an open page', () => {
  test.use({ expectedConsoleErrors: [/status of 409/] });

  test('is shown as it is now before it is archived', async ({ page, uniqueTitle }) => {
    const assignmentId = await createdByApi(page, { courseId: COURSE, title: uniqueTitle });
    await page.goto(`/assignments/${assignmentId}`);
    await page.getByRole('button', { name: 'Archive' }).click();
    await editedByApi(page, assignmentId, { version: 1, title: `${uniqueTitle} theirs` });
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Archive' }).click();

    await expect(dialog.getByRole('alert')).toContainText('CONDITIONAL_FAILED');
    await expect(dialog.getByText(`${uniqueTitle} theirs`)).toBeVisible();
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Archived');
  });
});
