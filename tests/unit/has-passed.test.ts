import { describe, expect, it } from 'vitest';
import { hasPassed } from '@/lib/server/batches/bulk/has-passed';

describe('the first items of a large retry', () => {
  it.each([
    ['ssssssssss', 'all succeeded'],
    ['sssssfssss', 'nine of ten succeeded'],
    ['kkkkksssss', 'all that were tried succeeded'],
    ['kkkkkkkkkk', 'none had to be tried'],
  ])('let the others follow: %s, %s', (outcomes) => {
    expect(hasPassed(outcomes)).toBe(true);
  });

  it.each([
    ['ssssffssss', 'eight of ten succeeded'],
    ['kkkkkssssf', 'four of five succeeded'],
    ['ffffffffff', 'none succeeded'],
    ['kkkkkkkkkf', 'the only one that was tried failed'],
  ])('hold the others back: %s, %s', (outcomes) => {
    expect(hasPassed(outcomes)).toBe(false);
  });
});
