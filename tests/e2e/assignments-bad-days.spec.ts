import type { Page } from '@playwright/test';
import { storedWithTitle } from '@/tests/e2e/assignment-api';
import { expect, test } from '@/tests/e2e/fixtures';
import type { Fault } from '@/tests/support/fault-proxy';

const COURSE = 'CCC-2014J';
const MISSING = {
  kind: 'error',
  name: 'ResourceNotFoundException',
  message: 'Requested resource not found',
} as const;
const THROTTLED = { kind: 'error', name: 'ThrottlingException', message: 'Rate exceeded' } as const;
const DENIED = {
  kind: 'error',
  name: 'AccessDeniedException',
  message: 'User is not authorized to perform this',
} as const;

test.use({ expectedConsoleErrors: [/status of (403|409|500|503)/] });

test.beforeEach(async ({ signIn }) => signIn('instructor'));

async function fillForm(page: Page, title: string, courseId = COURSE) {
  await page.goto(`/assignments/new?courseId=${courseId}`);
  await page.getByLabel('Title').fill(title);
}

/** Every write lands, and none is answered. */
const losingEveryAnswer = (title: string): Fault => ({
  includes: title,
  operation: 'TransactWriteItems',
  effect: { kind: 'loseAnswer' },
});

async function sendInVain(page: Page, title: string) {
  await fillForm(page, title);
  await create(page);
  await expect(page.getByRole('alert').filter({ hasText: 'The assignment was not created' })).toBeVisible();
}

const create = (page: Page) => page.getByRole('button', { name: 'Create assignment' }).click();

test('Throttled to the end: the form stays, says so, and pressing again writes one assignment', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const recover = await fault({ includes: uniqueTitle, operation: 'TransactWriteItems', effect: THROTTLED });
  await fillForm(page, uniqueTitle);
  await create(page);

  const problem = page.getByRole('alert').filter({ hasText: 'The assignment was not created' });
  await expect(problem).toContainText('THROTTLING');
  await expect(problem).toContainText(/req_\d{13}_[0-9a-z]{9}/);
  await expect(problem).toContainText('It is safe to send again');
  await expect(page.getByLabel('Title')).toHaveValue(uniqueTitle);

  await recover();
  await create(page);
  await expect(page.getByText('Assignment created.')).toBeVisible();
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(1);
});

test('The answer lost after the write landed: success, one assignment', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  await fault({
    includes: uniqueTitle,
    operation: 'TransactWriteItems',
    times: 1,
    effect: { kind: 'loseAnswer' },
  });
  await fillForm(page, uniqueTitle);
  await create(page);

  await expect(page.getByText('Assignment created.')).toBeVisible();
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(1);
});

test('Every answer lost: the failure is shown, and pressing again finds the one assignment', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const recover = await fault(losingEveryAnswer(uniqueTitle));
  await sendInVain(page, uniqueTitle);

  await recover();
  await create(page);

  await expect(page.getByText('Assignment created.')).toBeVisible();
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(1);
});

test('Every answer lost and the form changed since: the first assignment is pointed at, none is doubled', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const recover = await fault(losingEveryAnswer(uniqueTitle));
  await sendInVain(page, uniqueTitle);

  await recover();
  await page.getByLabel('Points').fill('55');
  await create(page);

  const notice = page.getByRole('alert').filter({ hasText: 'already sent once' });
  await expect(notice).toContainText(uniqueTitle);
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(1);
  await notice.getByRole('button', { name: 'Create a second one' }).click();
  await expect(page.getByText('Assignment created.')).toBeVisible();
  expect(await storedWithTitle(page, COURSE, uniqueTitle)).toHaveLength(2);
});

test('The assignments table missing: the message names the table and the variable', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  await fault({ includes: uniqueTitle, effect: MISSING });
  await fillForm(page, uniqueTitle);
  await create(page);

  const problem = page.getByRole('alert').filter({ hasText: 'The assignment was not created' });
  await expect(problem).toContainText('RESOURCE_NOT_FOUND');
  await expect(problem).toContainText('DemoProject-Assignments');
  await expect(problem).toContainText('ASSIGNMENTS_TABLE');
  await expect(page.getByLabel('Title')).toHaveValue(uniqueTitle);
});

test('Access denied: the message names the action', async ({ page, fault, uniqueTitle }) => {
  await fault({ includes: uniqueTitle, effect: DENIED });
  await fillForm(page, uniqueTitle);
  await create(page);

  await expect(page.getByRole('alert').filter({ hasText: 'ACCESS_DENIED' })).toContainText(
    'dynamodb:PutItem',
  );
});

test('The audit table down: created, shown as one step to follow, and healed once it is back', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const recover = await fault({ includes: uniqueTitle, operation: 'TransactWriteItems', effect: MISSING });
  await fillForm(page, uniqueTitle);
  await create(page);

  await expect(page.getByText('Assignment created.')).toBeVisible();
  await expect(page.getByText('Saved, with one step to follow')).toBeVisible();
  await expect(page.getByText('The audit event is still to be written.')).toBeVisible();

  await recover();
  await expect(page.getByText('Saved, with one step to follow')).toBeHidden({ timeout: 30_000 });
  await page.reload();
  await expect(page.getByText('Created by instructor, Social Sciences')).toHaveCount(1);
});

test('A foreign course is refused on its field, and nothing typed is lost', async ({ page, uniqueTitle }) => {
  await fillForm(page, uniqueTitle, 'DDD-2013J');
  await create(page);

  await expect(page.getByText('You do not teach DDD-2013J').first()).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveValue(uniqueTitle);
});

test('A list that cannot be read says why, keeps its filter, and recovers', async ({
  page,
  fault,
  uniqueTitle,
}) => {
  const marker = uniqueTitle.toLowerCase();
  const recover = await fault({ includes: marker, operation: 'Query', effect: DENIED });
  await page.goto(`/assignments?courseId=${COURSE}&title=${encodeURIComponent(uniqueTitle)}`);

  const problem = page.getByRole('alert').filter({ hasText: 'The assignments could not be loaded' });
  await expect(problem).toContainText('ACCESS_DENIED');
  await expect(page.getByLabel('Title begins with')).toHaveValue(uniqueTitle);
  await recover();
  await problem.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('No assignment matches these filters')).toBeVisible();
});
