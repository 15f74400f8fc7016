import { expect, test } from '@/tests/e2e/fixtures';

test('An admin sees all courses with their counts, and finds one by the beginning of its ID', async ({
  page,
  signIn,
}) => {
  await signIn('admin');
  await page.goto('/courses');
  await expect(page.getByRole('row')).toHaveCount(23);
  await expect(page.getByRole('row', { name: /AAA-2013J/ })).toContainText('6');

  await page.getByLabel('Search by course ID').fill('ggg');
  await expect(page.getByRole('row')).toHaveCount(4);
  await expect(page).toHaveURL(/q=ggg/);
  await page.getByLabel('Search by course ID').fill('nothing');

  await expect(page.getByText('No course ID begins with “nothing”')).toBeVisible();
});

test('An instructor sees the courses they teach, and one leads to its assignments', async ({
  page,
  signIn,
}) => {
  await signIn('instructor2');
  await page.goto('/courses');
  await expect(page.getByRole('row')).toHaveCount(8);
  await page.getByRole('link', { name: 'EEE-2013J' }).click();

  await expect(page).toHaveURL(/\/assignments\?courseId=EEE-2013J/);
});
