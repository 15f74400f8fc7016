import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/fixtures';
import { FAULT_PROXY_URL } from '@/tests/support/e2e-address';

const TableName = 'DemoProject-AuditLogs';
const LONG = { timeout: 75_000 };

const engine = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: FAULT_PROXY_URL,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }),
);

/** An event in a sealed hour of the last day, straight from the table. */
async function aSealedEvent(): Promise<{ Key: Record<string, unknown>; requestId: string }> {
  const sealed = await engine.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'lane = :seals',
      ExpressionAttributeValues: { ':seals': 'SEALS' },
      ScanIndexForward: false,
      Limit: 20,
    }),
  );
  for (const { eventKey: hour } of sealed.Items ?? []) {
    for (const shard of [0, 1, 2, 3]) {
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: 'lane = :lane',
        ExpressionAttributeValues: { ':lane': `A#${hour}#${shard}` },
        Limit: 1,
      });
      const [event] = (await engine.send(query)).Items ?? [];
      const { lane, eventKey, requestId } = event ?? {};
      if (event) return { Key: { lane, eventKey }, requestId: String(requestId) };
    }
  }
  throw new Error('No sealed hour of the last day holds an event');
}

async function setRequestId(Key: Record<string, unknown>, requestId: string): Promise<void> {
  await engine.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: 'SET requestId = :id',
      ExpressionAttributeValues: { ':id': requestId },
    }),
  );
}

async function verify(page: Page) {
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0, LONG);
}

test('An auditor exports what the filter matches, and the file has the rows that were announced', async ({
  page,
  signIn,
}) => {
  await signIn('auditor');
  await page.goto('/audit-log?action=SIGN_IN,SIGN_OUT');
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the audit trail' });
  await dialog.getByLabel('Format').selectOption('ndjson');
  const link = dialog.getByRole('link', { name: /^Download/ });
  const announced = Number(((await link.textContent()) ?? '').replace(/\D/g, ''));

  const started = page.waitForEvent('download');
  await link.click();
  const lines = (await readFile(await (await started).path(), 'utf8')).trimEnd().split('\n');

  expect(announced).toBeGreaterThan(0);
  expect(lines).toHaveLength(announced + 1);
  expect(lines.at(-1)).toContain(`"rows":${announced}`);
});

test('An auditor verifies the last day, and sees which event was changed by one byte', async ({
  page,
  signIn,
}) => {
  test.slow();
  await signIn('auditor');
  await page.goto('/audit-log');
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(async () => {
    await verify(page);
    await expect(page.getByText('Verified', { exact: true })).toBeVisible({ timeout: 1000 });
  }).toPass(LONG);
  const { Key, requestId } = await aSealedEvent();

  await setRequestId(Key, `${requestId.slice(0, -1)}${requestId.endsWith('0') ? '1' : '0'}`);
  await verify(page);
  const alert = page.getByRole('alert').filter({ hasText: 'The trail is not as it was sealed' });
  await expect(alert).toContainText('Changed after it was sealed');
  await alert.getByRole('link').first().click();
  await expect(page).toHaveURL(/event=/);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/event=/);

  await setRequestId(Key, requestId);
  await verify(page);
  await expect(page.getByText('Verified', { exact: true })).toBeVisible();
});
