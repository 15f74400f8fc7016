import { expect, test } from '@/tests/e2e/fixtures';

test('The keys g c, g a and ? lead through the product', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/assignments?courseId=AAA-2013J');
  await expect(page.getByRole('row')).toHaveCount(7);

  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { name: 'Courses' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Courses' })).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { name: 'Assignments' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('The first Tab offers to skip to the content', async ({ page, signIn }) => {
  await signIn('admin');
  await page.goto('/courses');
  await page.keyboard.press('Tab');

  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
});

test('The course switcher finds a course and shows its assignments', async ({ page, signIn }) => {
  await signIn('auditor');
  await page.goto('/courses');
  await expect(page.getByRole('row')).not.toHaveCount(0);
  await page.getByRole('combobox', { name: 'Go to course' }).fill('bbb-2014b');
  await page.getByRole('option', { name: /BBB-2014B/ }).click();

  await expect(page).toHaveURL(/courseId=BBB-2014B/);
  await expect(page.getByRole('row')).toHaveCount(13);
});

test('The chosen theme stays over a reload', async ({ page, signIn }) => {
  await signIn('ops');
  await page.goto('/courses');
  await expect(page.getByRole('row')).not.toHaveCount(0);
  await page.getByRole('button', { name: /Account/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();

  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('What a role may not do is not offered', async ({ page, signIn }) => {
  await signIn('auditor');
  await page.goto('/assignments?courseId=AAA-2013J');
  await expect(page.getByRole('row')).toHaveCount(7);

  await expect(page.getByRole('link', { name: 'New assignment' })).toBeHidden();
});

test('@mobile The navigation opens from the top bar and nothing overflows', async ({ page, signIn }) => {
  await signIn('instructor');
  await page.goto('/courses');
  await expect(page.getByRole('row').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

  await page.getByRole('button', { name: /menu/i }).click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Assignments' }).click();
  await expect(page).toHaveURL(/\/assignments/);
});
