import { expect, test } from '@/tests/e2e/fixtures';

test('The filter narrows the list, is in the URL, and survives a reload', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/assignments?courseId=BBB-2013J');
  await expect(page.getByRole('row')).toHaveCount(13);

  await page.getByLabel('Title begins with').fill('cma');
  await expect(page.getByRole('row')).toHaveCount(6);
  await page.getByLabel('Due from').fill('2014-01-01');
  await expect(page.getByRole('row')).toHaveCount(5);
  await expect(page).toHaveURL(/title=cma/);
  await page.reload();

  await expect(page.getByRole('row')).toHaveCount(5);
  await expect(page.getByLabel('Title begins with')).toHaveValue('cma');
});

test('The list pages through all assignments of an instructor, and back', async ({ page, signIn }) => {
  await signIn('instructor');
  await page.goto('/assignments');
  const firstRow = page.getByRole('row').nth(1);
  await expect(firstRow).toContainText('TMA 14984');
  await expect(page.getByRole('row')).toHaveCount(26);
  await expect(page.getByLabel('Created by').locator('option')).toHaveText(['Me']);

  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(firstRow).not.toContainText('TMA 14984');
  await page.goBack();

  await expect(firstRow).toContainText('TMA 14984');
});

test('Sorting by due date turns the list around', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/assignments?courseId=AAA-2013J');
  await expect(page.getByRole('row').nth(1)).toContainText('TMA 1752');

  await page.getByRole('button', { name: 'Due' }).click();

  await expect(page.getByRole('row').nth(1)).toContainText('Exam 1757');
  await expect(page.getByRole('row').nth(1)).toContainText('No due date');
  await expect(page.getByRole('columnheader', { name: 'Due' })).toHaveAttribute('aria-sort', 'descending');
});

test('An admin without a course is asked to choose one, and finds it by typing', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/assignments');
  await expect(page.getByText('Choose a course to see its assignments')).toBeVisible();
  await page.waitForLoadState('networkidle');

  await page.getByRole('combobox', { name: 'Course', exact: true }).fill('aaa-2014');
  await page.getByRole('option', { name: /AAA-2014J/ }).click();

  await expect(page.getByRole('row')).toHaveCount(7);
});

test('The keys / j k and Enter find and open an assignment', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/assignments?courseId=AAA-2013J');
  await expect(page.getByRole('row')).toHaveCount(7);
  await page.keyboard.press('/');
  await expect(page.getByLabel('Title begins with')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.getByRole('heading', { name: 'Assignments' }).click();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toContainText('TMA 1753');
});

test('@mobile The list fits a phone: only the table scrolls sideways', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/assignments?courseId=AAA-2013J');
  await expect(page.getByRole('row')).toHaveCount(7);

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
