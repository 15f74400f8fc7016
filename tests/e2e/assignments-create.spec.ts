import type { Page } from '@playwright/test';
import { storedWithTitle } from '@/tests/e2e/assignment-api';
import { expect, test } from '@/tests/e2e/fixtures';

const COURSE = 'CCC-2014B';
const NEW_PATH = `/assignments/new?courseId=${COURSE}`;

async function openForm(page: Page, path = NEW_PATH) {
  await page.goto(path);
  await expect(page.getByText('Europe/London')).toBeVisible();
}

const title = (page: Page) => page.getByLabel('Title');
const create = (page: Page) => page.getByRole('button', { name: 'Create assignment' });

test.beforeEach(async ({ signIn }) => signIn('instructor'));

test('An instructor creates an assignment, sees it in the list, and its history names the create', async ({
  page,
  uniqueTitle,
}) => {
  await openForm(page);
  await title(page).fill(uniqueTitle);
  await page.getByLabel('Type').selectOption('Quiz');
  await page.getByLabel('Points').fill('12,5');
  await page.getByLabel('Due').fill('2030-07-01T23:59');
  await page.getByLabel('Description').fill('Read **chapter 4**.');
  await create(page).click();

  await expect(page.getByRole('status').getByText('Assignment created.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(uniqueTitle);
  await expect(page.getByText('1 Jul 2030, 23:59')).toBeVisible();
  await expect(page.locator('strong', { hasText: 'chapter 4' })).toBeVisible();
  await expect(page.getByText('Created by instructor, Social Sciences')).toBeVisible();

  await page.goto(`/assignments?courseId=${COURSE}`);
  const row = page.getByRole('row', { name: new RegExp(uniqueTitle) });
  await expect(row).toContainText('Quiz');
  await expect(row).toContainText('12.5');
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(1);
});

test('The count of the course goes up by exactly one', async ({ page, uniqueTitle }) => {
  const countOf = async () => {
    const { data } = await (await page.request.get('/api/courses/BBB-2014J')).json();
    return data.assignmentCount;
  };
  const before = await countOf();

  await openForm(page, '/assignments/new?courseId=BBB-2014J');
  await title(page).fill(uniqueTitle);
  await create(page).click();

  await expect(page.getByText('Assignment created.')).toBeVisible();
  await expect.poll(countOf).toBe(before + 1);
});

test('A wrong field is named on leaving it, and every wrong field at once on sending', async ({ page }) => {
  await page.goto('/assignments/new');
  await page.getByLabel('Weight').fill('200');
  await page.getByLabel('Points').click();
  await expect(page.getByText('The weight can be at most 100')).toBeVisible();

  await page.getByLabel('Points').fill('many');
  await page.getByLabel('Attempts').fill('1.5');
  await create(page).click();

  const summary = page.getByRole('alert').filter({ hasText: 'Correct 5 fields' });
  for (const field of ['Course', 'Title', 'Points', 'Weight', 'Attempts']) {
    await expect(summary.getByRole('link', { name: new RegExp(`^${field}:`) })).toBeVisible();
  }
  await summary.getByRole('link', { name: /^Weight/ }).click();
  await expect(page.getByLabel('Weight')).toBeFocused();
  await expect(page.getByLabel('Weight')).toHaveValue('200');
});

test('Dates out of order are refused on their field', async ({ page, uniqueTitle }) => {
  await openForm(page);
  await title(page).fill(uniqueTitle);
  await page.getByLabel('Available from').fill('2030-07-02T00:00');
  await page.getByLabel('Due').fill('2030-07-01T00:00');
  await create(page).click();

  await expect(page.getByText('The due date cannot be before the assignment opens').first()).toBeVisible();
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toEqual([]);
});

test('An assignment is created by the keyboard alone', async ({ page, uniqueTitle }) => {
  await page.goto('/assignments');
  await expect(page.getByRole('row')).not.toHaveCount(0);
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { name: 'New assignment' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Course', exact: true }).focus();
  await page.keyboard.type('CCC-2014B');
  await expect(page.getByRole('option', { name: /CCC-2014B/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type(uniqueTitle);
  await page.keyboard.press('Enter');

  await expect(page.getByText('Assignment created.')).toBeVisible();
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(1);
});

test('A double click and a double Enter write one assignment', async ({ page, uniqueTitle }) => {
  await openForm(page);
  await title(page).fill(uniqueTitle);
  await create(page).dblclick();
  await expect(page.getByText('Assignment created.')).toBeVisible();

  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(1);
});

test('Create and add another keeps course and type, and says what was created', async ({
  page,
  uniqueTitle,
}) => {
  await openForm(page);
  await page.getByLabel('Type').selectOption('Lab');
  await title(page).fill(uniqueTitle);
  await page.getByRole('button', { name: 'Create and add another' }).click();

  await expect(page.getByRole('status').getByRole('link', { name: uniqueTitle })).toBeVisible();
  await expect(title(page)).toHaveValue('');
  await expect(page.getByLabel('Type')).toHaveValue('lab');
  await title(page).fill(`${uniqueTitle} two`);
  await create(page).click();
  await expect(page.getByText('Assignment created.')).toBeVisible();
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(2);
});

test('A reload keeps everything typed, and leaving by a link asks first', async ({ page, uniqueTitle }) => {
  await openForm(page);
  await title(page).fill(uniqueTitle);
  await page.getByLabel('Points').fill('7');
  page.once('dialog', (dialog) => dialog.accept());
  await page.reload();

  await expect(page.getByText('Your unsent form is back')).toBeVisible();
  await expect(title(page)).toHaveValue(uniqueTitle);
  await expect(page.getByLabel('Points')).toHaveValue('7');

  await page.getByRole('link', { name: 'Courses' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(title(page)).toHaveValue(uniqueTitle);
  await page.getByRole('link', { name: 'Courses' }).click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL(/\/courses$/);
});

for (const hostile of ['<script>alert(1)</script>', 'مقال عن المد والجزر', '🌊👩‍🏫 Tides', 'W'.repeat(150)]) {
  test(`The title ${hostile.slice(0, 20)} is shown as it is`, async ({ page }) => {
    const shown = `${hostile} ${crypto.randomUUID().slice(0, 8)}`;
    await openForm(page);
    await title(page).fill(shown);
    await create(page).click();

    await expect(page.getByRole('heading', { level: 1 })).toContainText(shown);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('@mobile An assignment is created on a phone without sideways scrolling', async ({
  page,
  uniqueTitle,
}) => {
  await openForm(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await title(page).fill(uniqueTitle);
  await create(page).click();

  await expect(page.getByText('Assignment created.')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
