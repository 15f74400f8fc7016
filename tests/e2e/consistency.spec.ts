import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/fixtures';
import { FAULT_PROXY_URL } from '@/tests/support/e2e-address';

const LONG = { timeout: 60_000 };

const engine = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: FAULT_PROXY_URL,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }),
);

/** Breaks the count of a course that no other test looks at. */
async function breakCount(courseId: string, assignmentCount: number) {
  await engine.send(
    new UpdateCommand({
      TableName: 'DemoProject-Courses',
      Key: { courseId },
      UpdateExpression: 'SET assignmentCount = :count',
      ExpressionAttributeValues: { ':count': assignmentCount },
    }),
  );
}

async function checkNow(page: Page) {
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByRole('button', { name: 'Checking' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check now' })).toBeVisible(LONG);
}

const ruleOf = (page: Page, title: string) =>
  page.getByRole('table', { name: 'Rules' }).getByRole('row', { name: title });

const differenceOf = (page: Page, target: string) =>
  page.getByRole('table', { name: 'Differences' }).getByRole('row', { name: target });

test.describe.configure({ mode: 'serial' });

test('An admin checks the data, sees a broken count with both values, repairs it, and proves it by checking again', async ({
  page,
  signIn,
}) => {
  test.slow();
  const course = 'GGG-2013J';
  await signIn('admin');
  await breakCount(course, 5);
  await page.goto('/consistency');
  await checkNow(page);
  await expect(ruleOf(page, 'Counts of courses')).toContainText('1 difference');
  await expect(differenceOf(page, course)).toContainText('Replaces 5 by 0, while it is still 5.');

  await page.getByRole('button', { name: `Repair ${course}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Repair' });
  await expect(dialog).toContainText('From 5 to 0', LONG);
  await expect(dialog).toContainText('The assignments are counted again first');
  await dialog.getByRole('button', { name: 'Repair 1 difference' }).click();
  await expect(dialog.getByText('Repaired', { exact: true }).first()).toBeVisible(LONG);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(differenceOf(page, course)).toContainText('Repaired');

  await checkNow(page);
  await expect(ruleOf(page, 'Counts of courses')).toContainText('Holds');
  await expect(page.getByRole('table', { name: 'Checks' })).toContainText('All repaired');
});

test('An ops person checks but cannot repair, and an auditor reads only', async ({ page, signIn }) => {
  test.slow();
  const course = 'GGG-2014B';
  await breakCount(course, 3);
  await signIn('ops');
  await page.goto('/consistency');
  await checkNow(page);
  await expect(differenceOf(page, course)).toContainText('3');
  await expect(page.getByRole('button', { name: /^Repair/ })).toHaveCount(0);

  await signIn('auditor');
  await page.reload();
  await expect(differenceOf(page, course)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check now' })).toHaveCount(0);
  const refused = await page.request.post('/api/consistency', { data: {} });
  expect(refused.status()).toBe(403);
  await breakCount(course, 0);
});

test('A repair of what somebody changed meanwhile says so and leaves it alone', async ({ page, signIn }) => {
  test.slow();
  const course = 'GGG-2014J';
  await signIn('admin');
  await breakCount(course, 4);
  await page.goto('/consistency');
  await checkNow(page);
  await breakCount(course, 2);
  await page.getByRole('button', { name: `Repair ${course}` }).click();

  const dialog = page.getByRole('dialog', { name: 'Repair' });
  await expect(dialog).toContainText('Changed since', LONG);
  await expect(dialog).toContainText('check again');
  await expect(dialog.getByRole('button', { name: /^Repair/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await breakCount(course, 0);
});

test('An older check can be shown again, and its address can be shared', async ({ page, signIn }) => {
  test.slow();
  await signIn('ops');
  await page.goto('/consistency');
  await checkNow(page);
  await page.getByRole('table', { name: 'Checks' }).getByRole('button').last().click();
  await expect(page).toHaveURL(/run=check_/);

  await page.reload();

  await expect(
    page.getByRole('table', { name: 'Checks' }).getByRole('button', { pressed: true }),
  ).toHaveCount(1);
  await expect(page.getByRole('table', { name: 'Rules' }).getByRole('row')).toHaveCount(9);
});

test('@mobile An ops person checks on a phone, and nothing overflows', async ({ page, signIn }) => {
  test.slow();
  await signIn('ops');
  await page.goto('/consistency');
  await expect(page.getByRole('button', { name: /Check now|Checking/ })).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Rules' }).or(page.getByText('Nothing was checked yet')),
  ).toBeVisible();

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
