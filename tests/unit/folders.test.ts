import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';

const OWN = 'its own folder';

/** The whole architecture: what files of a folder may import. The first matching line counts. */
const MAY_IMPORT: [folder: string, allowed: string[]][] = [
  ['lib/shared', [OWN]],
  ['lib/client', [OWN, 'lib/shared']],
  ['lib/server', ['lib/server', 'lib/shared']],
  ['components/ui', [OWN, 'lib/shared']],
  ['components/charts', [OWN, 'components/ui', 'lib/shared']],
  ['components/assignment-form', [OWN, 'components/ui', 'lib/client', 'lib/shared']],
  [
    'components',
    [OWN, 'components/assignment-form', 'components/charts', 'components/ui', 'lib/client', 'lib/shared'],
  ],
  ['app/api', ['lib/server', 'lib/shared']],
  ['app', ['app', 'components', 'lib/client', 'lib/server/page-session', 'lib/shared']],
];

const files = ['app', 'components', 'lib'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${root}/${file}`),
);

const importsOf = (file: string) =>
  [
    ...readFileSync(file, 'utf8').matchAll(/(?:from |import\(|import )'(@\/[^']+|[^'@.][^']*|@[^/'][^']*)'/g),
  ].map(([, path = '']) => path);

describe('imports go one way', () => {
  it.each(files)('%s imports only what its folder may', (file) => {
    const [, rule = []] = MAY_IMPORT.find(([folder]) => file.startsWith(`${folder}/`)) ?? [];
    const allowed = rule.map((folder) => (folder === OWN ? dirname(file) : folder));

    const own = importsOf(file).filter((path) => path.startsWith('@/'));
    const forbidden = own
      .map((path) => path.slice(2))
      .filter((path) => !allowed.some((folder) => `${path}/`.startsWith(`${folder}/`)));

    expect(forbidden).toEqual([]);
  });

  it.each(files.filter((file) => file.startsWith('lib/') && !file.startsWith('lib/client/')))(
    '%s knows nothing of React',
    (file) => {
      expect(importsOf(file).filter((path) => /^(react|react-dom)(\/|$)/.test(path))).toEqual([]);
    },
  );

  it.each(files.filter((file) => !file.startsWith('lib/server/')))(
    '%s leaves DynamoDB to lib/server',
    (file) => {
      expect(importsOf(file).filter((path) => path.startsWith('@aws-sdk/'))).toEqual([]);
    },
  );
});
