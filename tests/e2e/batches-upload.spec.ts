import type { Page } from '@playwright/test';
import { storedWithTitle } from '@/tests/e2e/assignment-api';
import {
  acceptedByApi,
  COURSE,
  chooseFile,
  csvOf,
  equation,
  rowsOf,
  send,
  uploadFile,
} from '@/tests/e2e/batch-files';
import { expect, test } from '@/tests/e2e/fixtures';

test.beforeEach(async ({ signIn }) => signIn('admin'));

test('An admin sees what a file will do before anything is written, starts it, and every row is created', async ({
  page,
  uniqueTitle,
}) => {
  await uploadFile(page, { name: 'autumn.csv', text: csvOf(rowsOf(uniqueTitle, 30)) });
  await expect(page.getByRole('heading', { name: /autumn\.csv/ })).toContainText('Ready');
  await expect(page.getByText('Valid').locator('..').first()).toContainText('30');
  await expect(page.getByRole('table', { name: 'First rows as they will be stored' })).toContainText(
    `${uniqueTitle} 1`,
  );
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toEqual([]);

  await page.getByRole('button', { name: 'Start' }).click();

  await expect(equation(page)).toHaveText(/30 rows = 30 created \+ 0 rejected \+ 0 failed \+ 0 waiting/);
  await expect(page.getByRole('heading', { name: /autumn\.csv/ })).toContainText('Done');
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(30);
});

test('An admin follows a created assignment back to its batch and row', async ({ page, uniqueTitle }) => {
  await uploadFile(page, { name: 'origin.csv', text: csvOf(rowsOf(uniqueTitle, 1)) });
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(equation(page)).toContainText('1 created');
  const batchUrl = page.url();
  const [stored] = await storedWithTitle(page, COURSE, uniqueTitle);
  await page.goto(`/assignments/${stored?.assignmentId}`);

  await expect(page.getByText('row 2')).toBeVisible();
  await page.getByRole('link', { name: /^batch_/ }).click();
  await expect(page).toHaveURL(batchUrl);
});

test.describe('An admin chooses a file that cannot be used and reads why', () => {
  const FILES = [
    { name: 'empty.csv', text: '', message: 'The file is empty' },
    { name: 'blank.csv', text: '\r\n  \r\n', message: 'The file is empty' },
    { name: 'book.xlsx.csv', text: Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), message: 'save it as CSV' },
    { name: 'paper.csv', text: '%PDF-1.7 something', message: 'This is a PDF file' },
    { name: 'binary.csv', text: Buffer.from([65, 44, 66, 0, 1, 2, 0, 0, 3, 9]), message: 'binary file' },
    { name: 'twice.csv', text: 'title,course,title\na,b,c\n', message: 'are both called "title"' },
    { name: 'object.json', text: '{"title": "a"}', message: 'no JSON array of objects' },
  ];
  for (const { name, text, message } of FILES) {
    test(`${name}: ${message}`, async ({ page }) => {
      await chooseFile(page, { name, text });

      await expect(page.getByRole('alert').filter({ hasText: message })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Upload and check' })).toBeHidden();
    });
  }
});

test.describe('Refused by the server', () => {
  test.use({ expectedConsoleErrors: [/status of (400|409|413)/] });

  test('An admin uploads a file without rows: the message says so, file and columns stay', async ({
    page,
  }) => {
    await chooseFile(page, { name: 'header.csv', text: 'courseId,title,type\r\n' });
    await expect(page.getByText('The file has a header but no rows.')).toBeVisible();
    await send(page);

    const problem = page.getByRole('alert').filter({ hasText: 'The file was not uploaded' });
    await expect(problem).toContainText(/no rows/i);
    await expect(page.getByLabel('Title (required)')).toHaveValue('column:title');
  });

  test('An admin uploads the same file again: it is pointed out, and can be uploaded all the same', async ({
    page,
    uniqueTitle,
  }) => {
    const text = csvOf(rowsOf(uniqueTitle, 2));
    const batchId = await acceptedByApi(page, text);
    await chooseFile(page, { name: 'again.csv', text });
    await send(page);

    const notice = page.getByRole('alert').filter({ hasText: 'This file was uploaded before' });
    await expect(notice.getByRole('link', { name: batchId })).toBeVisible();
    await notice.getByRole('button', { name: 'Upload again' }).click();
    await expect(page.getByRole('heading', { name: 'Before it starts' })).toBeVisible();
    expect(page.url()).not.toContain(batchId);
  });
});

test('An admin sends a file without a course: the field is named, and a constant helps', async ({
  page,
  uniqueTitle,
}) => {
  await chooseFile(page, { name: 'own.csv', text: `name;kind\n${uniqueTitle};TMA\n` });
  await page.getByLabel('Title (required)').selectOption('name');
  await page.getByLabel('Type (required)').selectOption('kind');
  await page.getByLabel('“TMA” means').selectOption('homework');
  await send(page);
  await page.getByRole('link', { name: 'Course: Choose where it comes from' }).click();
  await expect(page.getByLabel('Course (required)')).toBeFocused();

  await page.getByLabel('Course (required)').selectOption('constant');
  await page.getByLabel('Course: value').fill(COURSE);
  await expect(page.getByRole('table', { name: 'First rows of the file' })).toContainText('Valid');
  await send(page);
  await expect(page.getByRole('table', { name: 'First rows as they will be stored' })).toContainText(
    uniqueTitle,
  );
});

test('An admin saves what the columns become, and the next file with them is recognised', async ({
  page,
  uniqueTitle,
}) => {
  const marker = `x${crypto.randomUUID().slice(0, 8)}`;
  const file = (row: number) => ({
    name: `${marker}.csv`,
    text: `course,${marker},type\n${COURSE},"${uniqueTitle} ${row}",quiz\n`,
  });
  await chooseFile(page, file(1));
  await expect(page.getByRole('heading', { name: 'Columns not used' }).locator('..')).toContainText(marker);
  await page.getByLabel('Title (required)').selectOption(marker);
  await page.getByText('Save these choices for next time').click();
  await page.getByLabel('Name of the mapping').fill(marker);
  await page.getByRole('button', { name: 'Save mapping' }).click();
  await expect(page.getByText(`Saved as “${marker}”.`)).toBeVisible();

  await chooseFile(page, file(2));
  await expect(page.getByText(`Recognised as “${marker}”`)).toBeVisible();
  await send(page);
  await expect(page.getByText('Columns recognised as').locator('..')).toContainText(marker);
});

test('An admin pastes cells of a spreadsheet and drops a file: both are read', async ({
  page,
  uniqueTitle,
}) => {
  await page.goto('/batches');
  await expect(page.getByLabel('Choose a file')).toBeEnabled();
  const cells = `courseId\ttitle\ttype\n${COURSE}\t${uniqueTitle}\tquiz\n`;
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
  }, cells);
  await expect(page.getByRole('heading', { name: 'pasted.tsv' })).toBeFocused();
  await expect(page.getByText('separated by tabs')).toBeVisible();
  await expect(page.getByRole('table', { name: 'First rows of the file' })).toContainText(uniqueTitle);

  await page.getByRole('button', { name: 'Choose another file' }).click();
  const dataTransfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.csv'));
    return data;
  }, cells);
  await page.getByText('Drop a file with').dispatchEvent('drop', { dataTransfer });
  await expect(page.getByRole('heading', { name: 'dropped.csv' })).toBeVisible();
});

test.describe('With a bad connection', () => {
  test.use({ expectedConsoleErrors: [/ERR_FAILED|ERR_ABORTED|ERR_CONNECTION/] });

  test('An admin loses the connection while uploading: it is said, and trying again works', async ({
    page,
    uniqueTitle,
  }) => {
    await page.route('**/api/batches?filename=*', (route) => route.abort('connectionreset'), { times: 1 });
    await chooseFile(page, { name: 'cut.csv', text: csvOf(rowsOf(uniqueTitle, 3)) });
    await send(page);
    const problem = page.getByRole('alert').filter({ hasText: 'The file was not uploaded' });
    await expect(problem).toContainText('The connection was lost');
    await expect(problem).toContainText('It is safe to send it again');

    await problem.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'Before it starts' })).toBeVisible();
  });

  /** Uploads do not arrive until the answer is called. */
  async function holdUploads(page: Page): Promise<() => void> {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/api/batches?filename=*', async (route) => {
      await held;
      await route.abort();
    });
    return () => letGo();
  }

  test('An admin is asked before a running upload is left by a link', async ({ page, uniqueTitle }) => {
    const letGo = await holdUploads(page);
    await chooseFile(page, { name: 'left.csv', text: csvOf(rowsOf(uniqueTitle, 3)) });
    await send(page);
    const courses = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Courses' });
    await expect(page.getByRole('progressbar', { name: 'Progress of the upload' })).toBeVisible();

    await courses.click();
    const question = page.getByRole('dialog', { name: 'Stop the upload?' });
    await question.getByRole('button', { name: 'Stay' }).click();
    await expect(page.getByRole('button', { name: 'Cancel upload' })).toBeVisible();
    await courses.click();
    await question.getByRole('button', { name: 'Stop and leave' }).click();

    await expect(page.getByRole('heading', { name: 'Courses' })).toBeVisible();
    letGo();
  });

  test('An admin cancels an upload and still has the file', async ({ page, uniqueTitle }) => {
    const letGo = await holdUploads(page);
    await chooseFile(page, { name: 'slow.csv', text: csvOf(rowsOf(uniqueTitle, 3)) });
    await send(page);
    await expect(page.getByRole('progressbar', { name: 'Progress of the upload' })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel upload' }).click();

    await expect(page.getByRole('button', { name: 'Upload and check' })).toBeVisible();
    await expect(page.getByText('The file was not uploaded')).toBeHidden();
    await expect(page.getByRole('heading', { name: 'slow.csv' })).toBeVisible();
    letGo();
  });
});

test('An operator watches batches but is offered no upload', async ({ page, signIn }) => {
  await signIn('ops');
  await page.goto('/courses');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Batches' }).click();

  await expect(page.getByRole('heading', { name: 'All batches' })).toBeVisible();
  await expect(page.getByLabel('Choose a file')).toHaveCount(0);
});

test('An instructor is not led to batches', async ({ page, signIn }) => {
  await signIn('instructor');
  await page.goto('/courses');
  await expect(page.getByRole('row')).not.toHaveCount(0);

  await expect(page.getByRole('link', { name: 'Batches' })).toBeHidden();
});
