import { describe, expect, it } from 'vitest';
import { describeMapping, recogniseMapping } from '@/lib/shared/recognise-mapping';

const sourceColumns = (columns: string[], rows: string[][] = []) => {
  const { mapping } = recogniseMapping({ columns, rows }, []);
  return Object.fromEntries(
    Object.entries(mapping.fields).map(([field, source]) => [field, source?.columns]),
  );
};

const notationOfDue = (values: string[]) =>
  recogniseMapping({ columns: ['due'], rows: values.map((value) => [value]) }, []).mapping.fields.dueAt
    ?.dates;

describe('the columns of a file are recognised', () => {
  it('by our own names', () => {
    expect(sourceColumns(['courseId', 'title', 'type', 'dueAt', 'assignmentId'])).toEqual({
      courseId: ['courseId'],
      title: ['title'],
      type: ['type'],
      dueAt: ['dueAt'],
      assignmentId: ['assignmentId'],
    });
  });

  it.each([
    ['English', ['Course code', 'Assignment name', 'Category', 'Due date', 'Max. score']],
    ['German', ['Kurs', 'Titel', 'Art', 'Fällig am', 'Punkte']],
    ['French', ['Cours', 'Intitulé', 'Catégorie', 'Date limite', 'Barème']],
  ])('by common %s names', (_, columns) => {
    expect(sourceColumns(columns)).toEqual({
      courseId: [columns[0]],
      title: [columns[1]],
      type: [columns[2]],
      dueAt: [columns[3]],
      points: [columns[4]],
    });
  });

  it('prefers our own name to a synonym', () => {
    const { mapping, ignoredColumns } = recogniseMapping({ columns: ['name', 'title'], rows: [] }, []);
    expect(mapping.fields.title?.columns).toEqual(['title']);
    expect(ignoredColumns).toEqual(['name']);
  });

  it('by their values where no name tells the type and the due date', () => {
    const rows = [
      ['Essay', 'Homework', '2030-03-01'],
      ['Test 1', 'quiz', '02.03.2030'],
    ];
    expect(sourceColumns(['title', 'x', 'y'], rows)).toMatchObject({ type: ['x'], dueAt: ['y'] });
  });

  it('and not guessed where two columns hold dates', () => {
    expect(sourceColumns(['x', 'y'], [['2030-03-01', '2030-03-02']])).toEqual({});
  });

  it('and what is missing or unknown is told', () => {
    const { missing, ignoredColumns, name } = recogniseMapping(
      { columns: ['title', 'colour'], rows: [] },
      [],
    );
    expect(missing).toEqual(['courseId', 'type']);
    expect(ignoredColumns).toEqual(['colour']);
    expect(name).toBeNull();
  });

  it('without naming the columns of our own rejected rows', () => {
    const { ignoredColumns, mapping } = recogniseMapping(
      { columns: ['title', 'error_code', 'error', 'field'], rows: [['a', 'VALIDATION_ERROR', 'b', 'type']] },
      [],
    );
    expect(ignoredColumns).toEqual([]);
    expect(Object.keys(mapping.fields)).toEqual(['title']);
  });

  it('even when they are called __proto__', () => {
    expect(recogniseMapping({ columns: ['__proto__', 'title'], rows: [] }, []).ignoredColumns).toEqual([
      '__proto__',
    ]);
  });
});

describe('the notation of dates', () => {
  it.each([
    ['2030-03-01', 'auto'],
    ['31/03/2030', 'dayMonthYear'],
    ['03/31/2030', 'monthDayYear'],
    ['03/04/2030', 'auto'],
    ['-12', 'daysFromStart'],
  ])('%s is %s', (value, notation) => {
    expect(notationOfDue(['', value])).toBe(notation);
  });

  it('is told by one value of many that can be read in one way only', () => {
    expect(notationOfDue(['03/04/2030', '05/06/2030', '13/06/2030'])).toBe('dayMonthYear');
  });

  it('is not guessed where values contradict each other', () => {
    expect(notationOfDue(['13/04/2030', '04/13/2030'])).toBe('auto');
  });
});

describe('a saved mapping', () => {
  const mapping = {
    fields: { title: { columns: ['x'], separator: ' ', dates: 'auto' as const } },
    emptyValues: [],
  };
  const saved = { mappingId: 'mapping_1', name: 'Ours', columns: ['x', 'y'], mapping, createdAt: '' };

  it('is taken when the same columns come again, in any order and with our error columns', () => {
    expect(
      recogniseMapping({ columns: ['y', 'x', 'error_code', 'error', 'field'], rows: [] }, [saved]),
    ).toMatchObject({
      name: 'Ours',
      mapping,
      ignoredColumns: ['y'],
    });
  });

  it('is left when other columns come', () => {
    expect(recogniseMapping({ columns: ['x'], rows: [] }, [saved]).name).toBeNull();
  });

  it('whose columns the file lacks gives no required field', () => {
    expect(describeMapping(mapping, ['y'], 'Ours').missing).toEqual(['courseId', 'title', 'type']);
  });
});
