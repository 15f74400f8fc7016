import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser.mjs';
import { E2E_URL } from './tests/support/e2e-address';

/**
 * Browser tests against the built product on an engine of its own, with demo data.
 * One file: npx playwright test tests/e2e/sign-in.spec.ts (builds first where the build is older than the sources).
 */
export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  // Generous, because a machine may be slow: what hangs still ends.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: E2E_URL,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // A trace costs a sixth of the time: ask for it with `--trace on` where a test fails.
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
  },
  projects: [
    {
      name: 'desktop',
      use: { viewport: { width: 1440, height: 900 } },
      grepInvert: /@(mobile|last|morning)/,
    },
    { name: 'mobile', use: { viewport: { width: 390, height: 844 }, hasTouch: true }, grep: /@mobile/ },
    // What changes the courses that other tests count comes after them.
    {
      name: 'last',
      use: { viewport: { width: 1440, height: 900 } },
      grep: /@last/,
      dependencies: ['desktop', 'mobile'],
    },
    // What takes all failed items to zero, those that other tests have left as well, is the very last.
    {
      name: 'morning',
      use: { viewport: { width: 1440, height: 900 } },
      grep: /@morning/,
      dependencies: ['last'],
    },
  ],
  webServer: {
    command: 'node scripts/run-ts.mjs tests/support/e2e-server.ts',
    url: `${E2E_URL}/api/health`,
    timeout: 300_000,
    reuseExistingServer: !process.env.CI,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
