import type { Page } from '@playwright/test';
import { DEMO_PASSWORD, expect, test } from '@/tests/e2e/fixtures';

async function fillIn(page: Page, email: string, password: string) {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('A visitor is sent to sign in and comes back to where they wanted to go', async ({ page }) => {
  await page.goto('/assignments?courseId=AAA-2013J&title=tma');
  await expect(page.getByRole('heading', { name: 'Sign in to Assignment Desk' })).toBeVisible();
  await fillIn(page, 'admin@example.edu', DEMO_PASSWORD);

  await expect(page).toHaveURL(/\/assignments\?courseId=AAA-2013J&title=tma/);
  await expect(page.getByRole('row')).toHaveCount(6);
});

test('A visitor is never sent to another site after signing in', async ({ page }) => {
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page.getByLabel('Email')).toBeVisible();
  }
  await fillIn(page, 'auditor@example.edu', DEMO_PASSWORD);

  await expect(page).toHaveURL(/127\.0\.0\.1:\d+\/assignments/);
});

test.describe('a refused sign-in', () => {
  test.use({ expectedConsoleErrors: [/status of (401|429)/] });

  test('With a wrong password the email stays and the reason is shown', async ({ page }) => {
    await page.goto('/sign-in');
    await fillIn(page, 'nobody@example.edu', 'not the password');

    await expect(page.getByRole('main').getByRole('alert')).toContainText('Email or password is wrong');
    await expect(page.getByLabel('Email')).toHaveValue('nobody@example.edu');
  });

  test('After too many tries the page says how long to wait', async ({ page }) => {
    const email = `many-${crypto.randomUUID()}@example.edu`;
    // Two minutes' worth, since the minute may change in between.
    for (let tries = 1; tries <= 21; tries++) {
      await page.request.post('/api/auth/sign-in/email', { data: { email, password: 'wrong' } });
    }
    await page.goto('/sign-in');
    await fillIn(page, email, 'wrong');

    await expect(page.getByRole('main').getByRole('alert')).toContainText(/Try again in \d+ seconds/);
  });
});

test('Signing out ends the session, also for the page that one goes back to', async ({ page }) => {
  await page.goto('/sign-in');
  await fillIn(page, 'instructor2@example.edu', DEMO_PASSWORD);
  await page.getByRole('button', { name: /Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();

  await expect(page.getByRole('heading', { name: 'Sign in to Assignment Desk' })).toBeVisible();
  await page.goto('/courses');
  await expect(page.getByRole('heading', { name: 'Sign in to Assignment Desk' })).toBeVisible();
});
