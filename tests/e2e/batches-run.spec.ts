import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { createdByApi, editedByApi, storedWithTitle } from '@/tests/e2e/assignment-api';
import {
  acceptedByApi,
  batchIdOf,
  COURSE,
  csvOf,
  equation,
  rowsOf,
  runByApi,
  uploadFile,
} from '@/tests/e2e/batch-files';
import { throttledRows } from '@/tests/e2e/failed-rows';
import { expect, test } from '@/tests/e2e/fixtures';

const MISSING = {
  kind: 'error',
  name: 'ResourceNotFoundException',
  message: 'Requested resource not found',
} as const;

const LONG = { timeout: 20_000 };

test.beforeEach(async ({ signIn }) => signIn('admin'));

const state = (page: Page) => page.getByRole('heading', { level: 1 });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Starts a batch that cannot write a row until the test lets it. */
async function startInVain(page: Page, batchId: string) {
  await page.goto(`/batches/${batchId}`);
  await press(page, 'Start');
  await expect(page.getByText('Waiting for DynamoDB')).toBeVisible(LONG);
}

test('The assignments table missing: the batch says so, waits, and ends by itself once it is back', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const batchId = await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 20)));
  const recover = await fault({ includes: uniqueTitle, effect: MISSING });
  await startInVain(page, batchId);
  await expect(page.getByText('DemoProject-Assignments')).toBeVisible();
  await expect(equation(page)).toContainText('20 waiting');
  await expect(page.getByText(/^Updated/)).toBeVisible();

  await recover();
  await expect(state(page)).toContainText('Done', LONG);
  await expect(equation(page)).toHaveText(/20 rows = 20 created \+ 0 rejected \+ 0 failed \+ 0 waiting/);
  await expect(page.getByText('Waiting for DynamoDB')).toBeHidden();
});

test('An admin pauses a batch, comes back to it, and resumes it', async ({ page, fault, uniqueTitle }) => {
  test.slow();
  const batchId = await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 20)));
  const recover = await fault({ includes: uniqueTitle, effect: MISSING });
  await startInVain(page, batchId);
  await press(page, 'Pause');
  await expect(state(page)).toContainText('Paused');
  await recover();

  await page.goto('/batches?state=paused');
  await page
    .getByRole('row', { name: /Paused/ })
    .locator(`a[href$="${batchId}"]`)
    .click();
  await expect(equation(page)).toContainText('20 waiting');
  await press(page, 'Resume');
  await expect(state(page)).toContainText('Done', LONG);
  await expect(page.getByText(/^Paused by admin/)).toBeVisible();
  await expect(page.getByText(/^Resumed by admin/)).toBeVisible();
});

test('An admin cancels a batch: the question says what stays, and every row is accounted for', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const batchId = await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 20)));
  const recover = await fault({ includes: uniqueTitle, effect: MISSING });
  await startInVain(page, batchId);
  await press(page, 'Cancel batch');
  const question = page.getByRole('dialog', { name: 'Cancel this batch?' });
  await expect(question).toContainText('What is written stays: 0 assignments created so far.');
  await question.getByRole('button', { name: 'Cancel batch' }).click();
  // Before that, a worker may still have rows in hand, and what it writes then stays.
  await expect(state(page)).toContainText('Cancelled', LONG);
  await recover();

  await expect(equation(page)).toContainText('0 waiting');
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toEqual([]);
});

test('An admin throws a file away before it starts, and nothing is written', async ({
  page,
  uniqueTitle,
}) => {
  await uploadFile(page, { name: 'wrong.csv', text: csvOf(rowsOf(uniqueTitle, 3)) });
  await press(page, 'Cancel batch');
  const question = page.getByRole('dialog', { name: 'Cancel this batch?' });
  await expect(question).toContainText('Nothing was written yet, and nothing will be.');
  await question.getByRole('button', { name: 'Cancel batch' }).click();

  await expect(state(page)).toContainText('Cancelled', LONG);
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toEqual([]);
});

test('Throttled to the end: the rows that could not be written are listed with their reason', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const batchId = await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 3)));
  await fault(throttledRows(uniqueTitle));
  await page.goto(`/batches/${batchId}`);
  await press(page, 'Start');

  await expect(state(page)).toContainText('Done with failures', LONG);
  await expect(equation(page)).toContainText('3 failed');
  const failed = page.getByRole('table', { name: 'Failed rows' });
  await expect(failed.getByRole('row')).toHaveCount(4);
  await expect(failed).toContainText('THROTTLING');
  await expect(failed).toContainText(`${uniqueTitle} 3`);
});

test('An admin undoes a batch: what nobody changed is deleted, the rest is kept and listed', async ({
  page,
  uniqueTitle,
}) => {
  const batchId = await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 3)));
  await runByApi(page, batchId);
  const changed = (await storedWithTitle(page, COURSE, `${uniqueTitle} 2`))[0];
  await editedByApi(page, changed?.assignmentId ?? '', { version: 1, points: 55 });
  await page.goto(`/batches/${batchId}`);
  await press(page, 'Undo');
  const question = page.getByRole('dialog', { name: 'Undo this batch?' });
  await expect(question).toContainText('Those that somebody changed since are kept and listed.');
  await question.getByRole('button', { name: 'Delete 3 assignments' }).click();

  await expect(state(page)).toContainText('Undo of file.csv');
  await expect(equation(page)).toHaveText(/3 rows = 2 deleted \+ 1 kept \+ 0 waiting/, LONG);
  await expect(page.getByRole('table', { name: 'Kept assignments' })).toContainText(
    'Somebody changed it since',
  );
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(1);
  await page.getByRole('link', { name: batchId }).click();
  await expect(state(page)).toContainText('Undone');
  await expect(page.getByText('Taken back by')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeHidden();
});

test('An admin downloads the rejected rows, corrects them, and both batches lead to each other', async ({
  page,
  uniqueTitle,
}) => {
  test.slow();
  const rows = rowsOf(uniqueTitle, 3);
  const bad = [
    { title: `${uniqueTitle} 4`, type: 'essayx' },
    { title: `${uniqueTitle} 5`, courseId: 'ZZZ-2099X' },
  ];
  const firstId = await uploadFile(page, { name: 'mixed.csv', text: csvOf([...rows, ...bad]) });
  const causes = page.getByRole('region', { name: 'Rows that will be rejected' });
  await expect(causes).toContainText('Row 5');
  await expect(causes).toContainText('Row 6');
  await press(page, 'Start');
  await expect(equation(page)).toHaveText(/5 rows = 3 created \+ 2 rejected \+ 0 failed \+ 0 waiting/, LONG);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download 2 rejected rows' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.split('\r\n')[0]).toContain('courseId,title,type,points,dueAt,error_code,error,field');
  const corrected = text.replace('essayx', 'exam').replace('ZZZ-2099X', COURSE);

  await page.getByRole('link', { name: 'Upload the corrected file' }).click();
  await expect(page.getByText('The file will be linked to')).toBeVisible();
  const input = page.getByLabel('Choose a file');
  await expect(input).toBeEnabled();
  await input.setInputFiles({ name: 'right.csv', mimeType: '', buffer: Buffer.from(corrected) });
  await page.getByRole('button', { name: 'Upload and check' }).click();
  await press(page, 'Start');
  await expect(equation(page)).toHaveText(/2 rows = 2 created \+ 0 rejected \+ 0 failed \+ 0 waiting/, LONG);
  const secondId = batchIdOf(page);
  await page.getByRole('link', { name: firstId }).click();
  await page.getByRole('link', { name: secondId }).click();
  await expect(page.getByText('Corrects rejected rows of')).toBeVisible();
});

test('An admin is warned of rows that exist already and of rows that repeat', async ({
  page,
  uniqueTitle,
}) => {
  const title = `${uniqueTitle} twin`;
  await createdByApi(page, { courseId: COURSE, title });
  await uploadFile(page, { name: 'twins.csv', text: csvOf([{ title }, { title }]) });

  await expect(page.getByText(/equals? an assignment that exists already/)).toBeVisible();
  await expect(page.getByText('Row 3 repeats row 2')).toBeVisible();
});

test.describe('With a lost connection', () => {
  test.use({ expectedConsoleErrors: [/ERR_FAILED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/] });

  test('The page keeps the last numbers, says how old they are, and goes on by itself', async ({
    page,
    fault,
    uniqueTitle,
  }) => {
    const batchId = await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 5)));
    const recover = await fault({ includes: uniqueTitle, effect: MISSING });
    await startInVain(page, batchId);
    await page.route('**/api/batches/**', (route) => route.abort('connectionreset'));

    await expect(page.getByText(/^Last update \d+ s ago — trying again$/)).toBeVisible(LONG);
    await expect(equation(page)).toContainText('5 waiting');
    await recover();
    await page.unroute('**/api/batches/**');
    await expect(state(page)).toContainText('Done', LONG);
    await expect(page.getByText(/trying again$/)).toBeHidden();
  });
});

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let step = 0; step < 80; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
}

test('An admin does everything by keyboard: to batches, through the upload, start, and the question', async ({
  page,
  uniqueTitle,
}) => {
  test.slow();
  await page.goto('/courses');
  await expect(page.getByRole('row')).not.toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  const input = page.getByLabel('Choose a file');
  await expect(input).toBeEnabled();
  await tabTo(page, input);
  // What the operating system's own dialog would answer.
  await input.setInputFiles({
    name: 'keys.csv',
    mimeType: '',
    buffer: Buffer.from(csvOf(rowsOf(uniqueTitle, 2))),
  });
  await expect(page.getByRole('heading', { name: 'keys.csv' })).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Upload and check' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Start' }));
  await page.keyboard.press('Enter');
  await expect(state(page)).toContainText('Done', LONG);
  await tabTo(page, page.getByRole('button', { name: 'Undo' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Undo this batch?' })).toBeVisible();
  await page.keyboard.press('Escape');

  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
});

test('A screen reader hears how a batch goes, and nothing in between', async ({ page, uniqueTitle }) => {
  await page.goto(`/batches/${await acceptedByApi(page, csvOf(rowsOf(uniqueTitle, 4)))}`);
  const announced = page.getByRole('status').filter({ hasText: /\.$/ });
  await expect(announced).toHaveText('Ready.');
  await press(page, 'Start');

  await expect(announced).toHaveText('Done: 4 created.', LONG);
});

test('@mobile An admin uploads and starts a file on a phone, and nothing overflows', async ({
  page,
  uniqueTitle,
}) => {
  test.slow();
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await uploadFile(page, { name: 'phone.csv', text: csvOf(rowsOf(uniqueTitle, 5)) });
  expect(await width()).toBe(390);
  await press(page, 'Start');

  await expect(equation(page)).toContainText('5 created', LONG);
  await expect(page.getByRole('img', { name: 'Rows per second' })).toBeVisible();
  expect(await width()).toBe(390);
  await page.goto('/batches');
  await expect(page.getByRole('link', { name: 'phone.csv' }).first()).toBeVisible();
  expect(await width()).toBe(390);
});
