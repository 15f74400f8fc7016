import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const alias = {
  '@': here('.'),
  // In Next.js `server-only` breaks a browser build; in Node there is nothing to guard.
  'server-only': here('./node_modules/server-only/empty.js'),
};

const env = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AUTH_SECRET: 'a-secret-for-tests-only-0123456789abcdef',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
};

export default defineConfig({
  test: {
    projects: [
      { resolve: { alias }, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], env } },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: 'tests/support/engine.ts',
          setupFiles: ['tests/support/tables.ts', 'tests/support/logs.ts'],
          // Generous, because a machine may be slow: what hangs still ends.
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          env: { ...env, RETRY_JITTER: 'off', MAX_WAIT_TIME: '5', CONSISTENCY_ITEMS_PER_SECOND: '20000' },
        },
      },
    ],
  },
});
