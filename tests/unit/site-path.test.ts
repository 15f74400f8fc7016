import { expect, it } from 'vitest';
import { HOME_PATH, signInPath, sitePath } from '@/lib/shared/site-path';

it.each(['/courses', '/assignments?courseId=AAA-2013J&order=desc', '/assignments/01J#history'])(
  'keeps %s, a path of this site',
  (target) => {
    expect(sitePath(target)).toBe(target);
  },
);

it.each([
  ['another site', 'https://evil.example/'],
  ['a site without a scheme', '//evil.example/'],
  ['a backslash that browsers read as a slash', '/\\evil.example/'],
  ['a tab that browsers drop', '/\t/evil.example/'],
  ['dots that end in two slashes', '/.//evil.example/'],
  ['a script', 'javascript:alert(1)'],
  ['a path without its slash', 'courses'],
  ['the sign-in page itself', '/sign-in?next=/courses'],
  ['nothing', ''],
  ['no target', undefined],
])('leads home instead of to %s', (_name, target) => {
  expect(sitePath(target)).toBe(HOME_PATH);
});

it('hands the whole address on to the sign-in page, and only one of this site', () => {
  expect(signInPath('/assignments?courseId=A&title=x y')).toBe(
    '/sign-in?next=%2Fassignments%3FcourseId%3DA%26title%3Dx%2520y',
  );
  expect(signInPath('//evil.example')).toBe('/sign-in?next=%2Fassignments');
});
