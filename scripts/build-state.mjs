// Tells whether `.next` holds a build of the sources as they are.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'package-lock.json',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'proxy.ts',
  'instrumentation.ts',
];

/** @returns {boolean} */
export function isBuildCurrent() {
  const builtAt = changedAt(path.join('.next', 'BUILD_ID'));
  return builtAt > 0 && SOURCES.every((source) => newestIn(source) < builtAt);
}

function newestIn(source) {
  const own = changedAt(source);
  if (own === 0 || !statSync(source).isDirectory()) return own;
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  return Math.max(own, ...files.map((file) => changedAt(path.join(source, file))));
}

function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
