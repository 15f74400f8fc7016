import { describe, expect, it } from 'vitest';
import { outcomeSentence } from '@/components/failed-items/outcome-text';
import type { ItemOutcome } from '@/lib/shared/failed-item';

const outcomes = (...of: ItemOutcome['outcome'][]): ItemOutcome[] =>
  of.map((outcome, index) => ({
    id: `row.b.${index}`,
    outcome,
    message: '',
    code: null,
    assignmentId: null,
  }));

describe('what came of an action', () => {
  it('counts what succeeded, failed again and was skipped', () => {
    expect(outcomeSentence('retry', outcomes('succeeded', 'succeeded', 'failed', 'skipped'))).toBe(
      '2 items retried with success, 1 failed again, 1 skipped',
    );
  });

  it('never claims a success that did not happen', () => {
    expect(outcomeSentence('discard', outcomes('skipped'))).toBe('1 item skipped');
    expect(outcomeSentence('retry', outcomes('failed', 'failed'))).toBe('2 items failed again');
    expect(outcomeSentence('retry', [])).toBe('Nothing matched any more');
  });
});
