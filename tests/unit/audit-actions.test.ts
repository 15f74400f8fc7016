import { expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '@/lib/shared/audit-event';

const files = import.meta.glob<string>(['/lib/server/**/*.ts', '!/lib/server/demo/**', '/app/api/**/*.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

const tests = import.meta.glob<string>(['/tests/integration/*.ts', '/tests/e2e/*.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Files whose text contains this action as a value, or as the first word of one. */
const naming = (among: Record<string, string>, action: string) =>
  Object.entries(among)
    .filter(([, text]) => new RegExp(`['\`]${action}['\` ]`).test(text))
    .map(([file]) => file);

it.each(AUDIT_ACTIONS)('%s is written somewhere in the product, and a test looks for it', (action) => {
  expect(naming(files, action)).not.toEqual([]);
  expect(naming(tests, action)).not.toEqual([]);
});
