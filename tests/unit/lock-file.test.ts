import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { missingFromLock } from '@/scripts/complete-lock.mjs';

it('holds every optional package, so that npm ci accepts the lock on every platform (repair: npm run lock)', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

  expect(missingFromLock(lock)).toEqual([]);
});

it('names no registry, so that the lock works with any', () => {
  const resolved = readFileSync('package-lock.json', 'utf8').match(/"resolved": "[^"]*"/g) ?? [];

  expect(resolved.filter((line) => !line.startsWith('"resolved": "https://registry.npmjs.org/'))).toEqual([]);
});
