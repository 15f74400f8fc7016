import { describe, expect, it } from 'vitest';
import { choiceOf, chooseSource, missingFields, withSource } from '@/components/uploads/source-choice';
import { mappingSchema } from '@/lib/shared/batch-mapping';

const COLUMNS = ['module', 'presentation', 'date'];
const DAYS = { columns: ['date'], separator: ' ', dates: 'daysFromStart' as const };

describe('choosing where a field comes from', () => {
  it('keeps how dates are written when another column is chosen', () => {
    expect(chooseSource(DAYS, 'column:presentation', COLUMNS)).toEqual({
      ...DAYS,
      columns: ['presentation'],
    });
  });

  it('joins the chosen column with the first other one', () => {
    expect(chooseSource(DAYS, 'joined', COLUMNS)?.columns).toEqual(['date', 'module']);
  });

  it('takes a column named like a choice for the column it is', () => {
    const source = chooseSource(undefined, 'column:constant', ['constant']);

    expect(source?.columns).toEqual(['constant']);
    expect(choiceOf(source)).toBe('column:constant');
  });

  it('offers every kind of source as the choice that made it', () => {
    const choices = ['none', 'constant', 'joined', 'column:date'];

    expect(choices.map((choice) => choiceOf(chooseSource(undefined, choice, COLUMNS)))).toEqual(choices);
  });

  it('makes mappings that the API takes', () => {
    const source = chooseSource(DAYS, 'joined', COLUMNS);

    expect(
      mappingSchema.safeParse(withSource({ fields: {}, emptyValues: [] }, 'courseId', source)).success,
    ).toBe(true);
  });
});

describe('missing fields', () => {
  it('are the required ones without a column and without a value', () => {
    const mapping = {
      fields: {
        courseId: { columns: [], separator: ' ', dates: 'auto' as const, constant: ' ' },
        title: { columns: ['module'], separator: ' ', dates: 'auto' as const },
      },
      emptyValues: [],
    };

    expect(missingFields(mapping)).toEqual(['courseId', 'type']);
  });
});
