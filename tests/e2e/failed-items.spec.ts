import { storedWithTitle } from '@/tests/e2e/assignment-api';
import { COURSE } from '@/tests/e2e/batch-files';
import { cause, failedBatch, failedEquation, itemId, itemRows, listOf } from '@/tests/e2e/failed-rows';
import { expect, test } from '@/tests/e2e/fixtures';

const BUSY = /DynamoDB was too busy|provisioned/;

test.beforeEach(async ({ signIn }) => signIn('admin'));

test('Ops people retry a cause as a whole, see its plan first, and get to zero', async ({
  page,
  fault,
  signIn,
  uniqueTitle,
}) => {
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 3, fault });
  await signIn('ops');
  await page.goto(listOf(batchId));
  await expect(failedEquation(page)).toHaveText(/^3 failed = 3 open \+ 0 retrying/);
  await expect(cause(page, BUSY)).toContainText('3');

  await page.getByRole('button', { name: 'Retry 3 items' }).click();
  const plan = page.getByRole('dialog', { name: 'Retry 3 items?' });
  await expect(plan).toContainText('3 of 3 will be retried.');
  await plan.getByRole('button', { name: 'Retry 3 items' }).click();

  await expect(page.getByText('3 items retried with success').last()).toBeVisible();
  await expect(page.getByText('Nothing is left to do')).toBeVisible();
  await expect(failedEquation(page)).toContainText('3 succeeded');
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(3);
});

test('The keyboard alone leads to zero: retry, discard, take back, retry', async ({
  page,
  fault,
  signIn,
  uniqueTitle,
}) => {
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 3, fault });
  await signIn('ops');
  await page.goto(listOf(batchId));
  await expect(cause(page, BUSY)).toBeVisible();
  const press = (key: string) => page.keyboard.press(key);

  await press('j');
  await expect(cause(page, BUSY)).toBeFocused();
  await press('Enter');
  await expect(itemRows(page)).toHaveCount(4);
  await press('j');
  await press('r');
  await expect(itemRows(page)).toHaveCount(3);
  await expect(itemRows(page).getByRole('link').first()).toBeFocused();

  await press('d');
  await expect(page.getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('Not needed any more');
  await press('Enter');
  await expect(itemRows(page)).toHaveCount(2);
  // The row goes at once, the question when the answer is there: until then the keys are its own.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await press('u');
  await expect(itemRows(page)).toHaveCount(3);

  await press('K');
  await expect(cause(page, BUSY)).toBeFocused();
  await press('r');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Retry 2 items' })).toBeFocused();
  await press('Enter');
  await expect(page.getByText('Nothing is left to do')).toBeVisible();
  await expect(failedEquation(page)).toContainText('3 succeeded + 0 discarded');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('An ops person corrects one row, sees what changes, and saves and retries it', async ({
  page,
  fault,
  signIn,
  uniqueTitle,
}) => {
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 1, fault });
  await signIn('ops');
  await page.goto(`${listOf(batchId)}&view=list`);
  await page.getByRole('link', { name: `${uniqueTitle} 1` }).focus();
  await page.keyboard.press('e');
  await expect(page.getByLabel('Points')).toHaveValue('10');
  await page.getByLabel('Points').fill('42');
  await expect(page.getByRole('region', { name: 'What changes' })).toHaveText(/Points\s*10 → 42/);
  await page.getByRole('button', { name: 'Save and retry' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toContainText('succeeded');
  await expect(page.getByRole('list', { name: 'Attempts, newest first' })).toContainText('asked for by');
  const [stored] = await storedWithTitle(page, COURSE, uniqueTitle);
  expect(stored).toMatchObject({ points: 42, version: 1 });
  await page.getByRole('link', { name: 'Open the assignment' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(uniqueTitle);
});

test.describe('With a conflict', () => {
  test.use({ expectedConsoleErrors: [/409/] });

  test('Two people edit the same row: both versions are shown and nothing typed is lost', async ({
    page,
    fault,
    uniqueTitle,
  }) => {
    const batchId = await failedBatch(page, { marker: uniqueTitle, count: 1, fault });
    const id = itemId(batchId, 2);
    await page.goto(`/failed-items/${id}?edit=true`);
    await page.getByLabel('Points').fill('42');
    const theirs = await page.request.patch(`/api/failed-items/${id}`, {
      data: { version: 1, payload: { title: `${uniqueTitle} theirs` } },
    });
    expect(theirs.status()).toBe(200);
    await page.getByRole('button', { name: 'Save', exact: true }).click();

    await expect(page.getByText('Somebody else changed this item while you edited it')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Where the two versions differ' })).toContainText('theirs');
    await page.getByRole('button', { name: 'Keep my changes on top' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Edit what will be written' })).toBeHidden();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${uniqueTitle} theirs`);
    await expect(page.getByText('42', { exact: true })).toBeVisible();
  });
});

test('The same change is previewed row by row, then set in a whole cause', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 2, fault });
  await page.goto(listOf(batchId));
  await page.getByRole('button', { name: 'Change and retry…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Field to set').selectOption('Points');
  await dialog.getByLabel('Points').fill('77');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByRole('region', { name: 'Preview of the changes' })).toContainText(
    `${uniqueTitle} 2`,
  );
  await expect(dialog.getByText('Points: 10 → 77')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Retry 2 items' }).click();

  await expect(page.getByText('Nothing is left to do')).toBeVisible();
  const stored = await storedWithTitle(page, COURSE, uniqueTitle);
  expect(stored.map(({ points }) => points)).toEqual([77, 77]);
});

test('More than 25 become a batch: its plan asks for a reason, and its page shows how it ends', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  test.slow();
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 30, fault });
  await page.goto(listOf(batchId));
  await page.getByRole('button', { name: 'Retry 30 items' }).click();
  const plan = page.getByRole('dialog', { name: 'Retry 30 items?' });
  await expect(plan).toContainText('It runs as a batch that can be paused, resumed and cancelled');
  await plan.getByRole('button', { name: 'Retry 30 items' }).click();
  await expect(plan.getByText('Give a reason of at least 3 characters')).toBeVisible();
  await plan.getByLabel('Reason').fill('The table has more capacity now');
  await plan.getByRole('button', { name: 'Retry 30 items' }).click();

  await expect(page).toHaveURL(/\/batches\/(?!.*batchId)/);
  await expect(page.getByText(/30 succeeded \+ 0 skipped \+ 0 failed \+ 0 waiting/)).toBeVisible();
  await page.goto(listOf(batchId));
  await expect(page.getByText('Nothing is left to do')).toBeVisible();
});

test('A selection survives paging and can become everything that matches', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  test.slow();
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 55, fault });
  await page.goto(`${listOf(batchId)}&view=list`);
  await expect(itemRows(page)).toHaveCount(51);
  await itemRows(page).nth(1).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(itemRows(page)).toHaveCount(6);
  await itemRows(page).nth(1).getByRole('checkbox').check();
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText('2 items selected');

  await selection.getByRole('button', { name: 'Select all 55 matching' }).click();
  await expect(selection).toContainText('All 55 items selected');
  await selection.getByRole('button', { name: 'Snooze…' }).click();
  await page.getByRole('button', { name: /^In 4 hours/ }).click();
  await expect(page.getByRole('dialog', { name: 'Snooze 55 items?' })).toContainText(
    '55 of 55 will be snoozed.',
  );
});

test('A snoozed row is out of sight until it is restored', async ({ page, fault, uniqueTitle }) => {
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 1, fault });
  await page.goto(`/failed-items/${itemId(batchId, 2)}`);
  await page.getByRole('button', { name: 'Snooze…' }).click();
  await page.getByRole('button', { name: /^Tomorrow morning/ }).click();
  await expect(page.getByText(/^Snoozed until/)).toBeVisible();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('open');
});

test('The failed rows of a batch lead to their items, and back', async ({ page, fault, uniqueTitle }) => {
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 2, fault });
  await page.goto(`/batches/${batchId}`);
  await page.getByRole('table', { name: 'Failed rows' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/failed-items\/row\./);
  await page.getByRole('link', { name: 'All failed items of it' }).click();
  await expect(failedEquation(page)).toContainText('2 failed');
});

test('Filters, search and the open cause stand in the URL and survive a reload', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 3, fault });
  await page.goto(listOf(batchId));
  await cause(page, BUSY).click();
  await page.getByRole('searchbox', { name: 'Search by ID' }).fill(itemId(batchId, 3));
  await expect(failedEquation(page)).toContainText('1 failed');
  await cause(page, BUSY).click();
  await expect(itemRows(page)).toHaveCount(2);
  await expect(page).toHaveURL(/group=/);
  await page.reload();

  await expect(itemRows(page)).toHaveCount(2);
  await expect(page.getByLabel('Batch ID')).toHaveValue(batchId);
  await page.getByRole('link', { name: /0 discarded/ }).click();
  await expect(page.getByText('No failed item matches these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(page).toHaveURL(/\/failed-items$/);
});

test('An auditor reads everything and is offered nothing to do', async ({
  page,
  fault,
  signIn,
  uniqueTitle,
}) => {
  const batchId = await failedBatch(page, { marker: uniqueTitle, count: 1, fault });
  await signIn('auditor');
  await page.goto(listOf(batchId));
  await cause(page, BUSY).click();
  await expect(itemRows(page)).toHaveCount(2);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Retry|Snooze|Discard|Change/ })).toHaveCount(0);
  await itemRows(page).getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Attempts' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Retry|Snooze|Discard|Edit/ })).toHaveCount(0);
});
