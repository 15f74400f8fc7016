import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { equation } from '@/tests/e2e/batch-files';
import { expect, test } from '@/tests/e2e/fixtures';

const FILE = 'public/samples/oulad-assessments.csv';

/** How many assignments each course counts. */
async function countsByApi(page: Page): Promise<Map<string, number>> {
  const response = await page.request.get('/api/courses', { params: { limit: 100 } });
  const { data } = await response.json();
  return new Map(
    data.items.map((course: { courseId: string; assignmentCount: number }) => [
      course.courseId,
      course.assignmentCount,
    ]),
  );
}

/** How many rows the file has for each course. */
async function countsOfFile(): Promise<Map<string, number>> {
  const [, ...lines] = (await readFile(FILE, 'utf8')).trim().split('\n');
  const counts = new Map<string, number>();
  for (const line of lines) {
    const [module, presentation] = line.split(',');
    const courseId = `${module}-${presentation}`;
    counts.set(courseId, (counts.get(courseId) ?? 0) + 1);
  }
  return counts;
}

test('@last An admin uploads the OULAD file and every row is accounted for', async ({ page, signIn }) => {
  test.slow();
  await signIn('admin');
  const before = await countsByApi(page);
  await page.goto('/batches');
  const input = page.getByLabel('Choose a file');
  await expect(input).toBeEnabled();
  await input.setInputFiles(FILE);
  await expect(page.getByText('Recognised as “OULAD assessments”')).toBeVisible();
  await page.getByRole('button', { name: 'Upload and check' }).click();
  await expect(page.getByText('Valid', { exact: true }).first().locator('..')).toContainText('206');
  await expect(page.getByText('Columns recognised as').locator('..')).toContainText('OULAD assessments');
  await page.getByRole('button', { name: 'Start' }).click();

  await expect(equation(page)).toHaveText(/206 rows = 206 created \+ 0 rejected \+ 0 failed \+ 0 waiting/, {
    timeout: 30_000,
  });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Done');
  const inFile = await countsOfFile();
  const results = page.getByRole('table', { name: 'Results by course' });
  for (const [courseId, count] of inFile) {
    await expect(results.getByRole('row', { name: courseId })).toHaveText(
      new RegExp(`^${courseId}\\s*${count}\\s*0\\s*0\\s*0$`),
    );
  }
  const expected = new Map(
    [...before].map(([courseId, count]) => [courseId, count + (inFile.get(courseId) ?? 0)]),
  );
  await expect.poll(() => countsByApi(page)).toEqual(expected);

  await page.getByRole('link', { name: 'In the audit trail' }).click();
  await page.getByRole('button', { name: /^Batch oulad-assessments.csv created 206 assignments$/ }).click();
  await expect(page.getByText('50 of 206 rows')).toBeVisible();
  const row = page
    .getByRole('list', { name: /^Rows of/ })
    .getByRole('listitem')
    .first();
  const request = row.getByRole('link', { name: /^req_/ });
  const path = (await request.getAttribute('href')) ?? '';
  await request.click();
  await expect(page).toHaveURL(path);
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
});
