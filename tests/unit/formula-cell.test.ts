import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { originalCell, safeCell } from '@/lib/shared/formula-cell';

describe('a cell for a spreadsheet', () => {
  it.each(['=cmd()', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '-a'])('%j is not run', (cell) => {
    expect(safeCell(cell)).toBe(`'${cell}`);
  });

  it.each(['-12', '+1.5', '-12,5', 'plain', "'quoted", '', '1=1'])('%j stays as it is', (cell) => {
    expect(safeCell(cell)).toBe(cell);
  });

  it('comes back as it was, whatever it holds', () => {
    const cell = fc.string({ unit: fc.constantFrom("'", '=', '-', '1', 'a', '@', '\t'), maxLength: 5 });
    fc.assert(
      fc.property(cell, (text) => {
        expect(originalCell(safeCell(text))).toBe(text);
      }),
    );
  });
});
