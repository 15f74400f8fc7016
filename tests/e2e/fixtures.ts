import AxeBuilder from '@axe-core/playwright';
import { test as base, type Cookie, expect, type Page } from '@playwright/test';
import { E2E_URL, FAULT_PROXY_URL } from '@/tests/support/e2e-address';
import type { Fault } from '@/tests/support/fault-proxy';

export { expect };

export type Account = 'admin' | 'instructor' | 'instructor2' | 'ops' | 'auditor';

export const DEMO_PASSWORD = 'assignment-desk-demo';

type WorkerFixtures = { sessions: Map<Account, Cookie[]> };

type Fixtures = {
  /** Signs the browser in as one of the demo accounts, without the page. */
  signIn: (as: Account) => Promise<void>;
  /** Disturbs DynamoDB requests that include a text; everything ends with the test. Answers how to end it earlier. */
  fault: (fault: Fault) => Promise<() => Promise<void>>;
  /** A title that no other test has. */
  uniqueTitle: string;
  /** Console errors that this test expects; any other one fails it. */
  expectedConsoleErrors: RegExp[];
  failOnConsoleErrors: undefined;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright demands a destructured first argument.
  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],

  signIn: async ({ context, sessions, playwright }, use) => {
    await use(async (as) => {
      const known = sessions.get(as);
      if (known) return context.addCookies(known);
      const request = await playwright.request.newContext({ baseURL: E2E_URL });
      const data = { email: `${as}@example.edu`, password: DEMO_PASSWORD };
      const response = await request.post('/api/auth/sign-in/email', { data });
      expect(response.status()).toBe(200);
      const { cookies } = await request.storageState();
      sessions.set(as, cookies);
      await context.addCookies(cookies);
    });
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright demands a destructured first argument.
  fault: async ({}, use) => {
    const ids: string[] = [];
    const remove = (id: string) => fetch(`${FAULT_PROXY_URL}/faults/${id}`, { method: 'DELETE' });
    await use(async (fault) => {
      const response = await fetch(`${FAULT_PROXY_URL}/faults`, {
        method: 'POST',
        body: JSON.stringify(fault),
      });
      const id = await response.text();
      ids.push(id);
      return async () => {
        await remove(id);
      };
    });
    await Promise.all(ids.map(remove));
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright demands a destructured first argument.
  uniqueTitle: async ({}, use, { title }) => use(`${title.slice(0, 60)} ${crypto.randomUUID().slice(0, 8)}`),

  expectedConsoleErrors: [[], { option: true }],

  failOnConsoleErrors: [
    async ({ page, expectedConsoleErrors }, use) => {
      const errors: string[] = [];
      page.on(
        'console',
        (message) =>
          message.type() === 'error' && errors.push(`${message.text()} (${message.location().url})`),
      );
      page.on('pageerror', (error) => errors.push(error.message));
      await use(undefined);
      const unexpected = errors.filter(
        (text) => !expectedConsoleErrors.some((pattern) => pattern.test(text)),
      );
      expect(unexpected, 'console errors').toEqual([]);
    },
    { auto: true },
  ],
});

/** Runs axe with the rules of WCAG 2.2 AA over the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  const everything = new AxeBuilder({ page }).withTags([
    ...['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  ]);
  expect(await problems(everything)).toEqual([]);
  // What does not depend on colours is the same in both themes.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await problems(new AxeBuilder({ page }).withRules(['color-contrast']))).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function problems(axe: AxeBuilder): Promise<string[]> {
  // Without frames, axe needs no second page to join its results: half the time, the same findings.
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`);
}
