import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicateKey, seenRows } from '@/lib/server/batches/accept/seen-rows';
import { aNewAssignment } from '@/tests/support/new-assignment';

describe('rows that were seen before', () => {
  it('are told with the number of the first, in any order and any number', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 6000 }), (texts) => {
        const seen = seenRows();
        const first = new Map<number, number>();
        for (const [position, text] of texts.entries()) {
          expect(seen.firstWith(String(text), position + 2)).toBe(first.get(text));
          if (!first.has(text)) first.set(text, position + 2);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are all remembered while the table grows', () => {
    const seen = seenRows();
    for (let row = 1; row <= 20_000; row++) expect(seen.firstWith(`row ${row}`, row)).toBeUndefined();
    for (let row = 1; row <= 20_000; row++) expect(seen.firstWith(`row ${row}`, 1)).toBe(row);
  });

  it('are equal whatever the case of their titles, and differ by type and due date', () => {
    const key = (overrides: Parameters<typeof aNewAssignment>[0]) => duplicateKey(aNewAssignment(overrides));
    expect(key({ title: 'ESSAY' })).toBe(key({ title: 'Essay' }));
    expect(key({ type: 'quiz' })).not.toBe(key({ type: 'exam' }));
    expect(key({ dueAt: null })).not.toBe(key({}));
  });
});
