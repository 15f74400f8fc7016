import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type MappedField, type Mapping, mappingSchema } from '@/lib/shared/batch-mapping';
import { compileMapping } from '@/lib/shared/compiled-mapping';
import { ouladAssignment, ouladCourse, ouladRowSchema } from '@/lib/shared/oulad';
import { recogniseMapping } from '@/lib/shared/recognise-mapping';
import { courseIdOf, rowToAssignment } from '@/lib/shared/row-to-assignment';
import { contentOf } from '@/tests/support/batch-files';

const COURSE = { timeZone: 'Europe/Berlin', startsOn: '2030-10-01' };
const ROW = { courseId: 'AAA-2030J', title: 'Essay', type: 'homework' };

/** One row with these values under our own names. */
function assignmentFrom(
  values: Partial<Record<MappedField, string>>,
  { fields = {}, course = COURSE }: { fields?: Mapping['fields']; course?: typeof COURSE } = {},
) {
  const row = { ...ROW, ...values };
  const columns = Object.keys(row);
  const own = Object.fromEntries(columns.map((column) => [column, { columns: [column] }]));
  const mapping = mappingSchema.parse({ fields: { ...own, ...fields } });
  return rowToAssignment(Object.values(row), compileMapping(mapping, columns), course);
}

const problemsOf = (...args: Parameters<typeof assignmentFrom>) => {
  const result = assignmentFrom(...args);
  return 'problems' in result ? result.problems : [];
};

const fieldFrom = (field: MappedField, text: string, options?: Parameters<typeof assignmentFrom>[1]) => {
  const result = assignmentFrom({ [field]: text }, options);
  if ('problems' in result) return result.problems;
  return field === 'assignmentId' ? result.assignmentId : result.assignment[field];
};

describe('a row becomes an assignment', () => {
  it('with the defaults of the form schema where it gives no value', () => {
    expect(assignmentFrom({ points: '', dueAt: ' ' })).toEqual({
      assignment: {
        ...ROW,
        description: '',
        status: 'draft',
        points: 0,
        weight: 0,
        availableFrom: null,
        dueAt: null,
        availableUntil: null,
        maxAttempts: null,
      },
    });
  });

  it.each<[MappedField, string, unknown]>([
    ['points', '12,5', 12.5],
    ['weight', '20 %', 20],
    ['maxAttempts', '3', 3],
    ['type', 'QUIZ', 'quiz'],
    ['type', 'Klausur', 'exam'],
    ['status', 'Published', 'published'],
    ['status', 'Entwurf', 'draft'],
    ['title', '=cmd()', '=cmd()'],
    ['assignmentId', 'essay.1_a-b', 'essay.1_a-b'],
  ])('%s %s means %j', (field, text, expected) => {
    expect(fieldFrom(field, text)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['2030-11-01T10:00:00Z', '2030-11-01T10:00:00.000Z'],
    ['2030-11-01 10:00+0200', '2030-11-01T08:00:00.000Z'],
    ['2030-11-01T10:00', '2030-11-01T09:00:00.000Z'],
    ['2030-11-01', '2030-11-01T22:59:00.000Z'],
    ['1.11.2030', '2030-11-01T22:59:00.000Z'],
    ['01.11.2030 10:00 Uhr', '2030-11-01T09:00:00.000Z'],
  ])('due %s is %s in the time of the course', (text, instant) => {
    expect(fieldFrom('dueAt', text)).toBe(instant);
  });

  it('that opens on a day opens at its first moment', () => {
    expect(fieldFrom('availableFrom', '2030-11-01')).toBe('2030-10-31T23:00:00.000Z');
    expect(fieldFrom('availableUntil', '2030-11-01')).toBe('2030-11-01T22:59:00.000Z');
  });

  it('that opens on a day whose midnight the clocks skip opens when they go on', () => {
    const course = { timeZone: 'America/Asuncion', startsOn: '2030-10-01' };
    const result = assignmentFrom({ availableFrom: '2019-10-06' }, { course });
    expect(result).toMatchObject({ assignment: { availableFrom: '2019-10-06T04:00:00.000Z' } });
  });

  it.each([
    ['dayMonthYear', '05/11/2030', '2030-11-05T22:59:00.000Z'],
    ['monthDayYear', '11/05/2030 9:30 PM', '2030-11-05T20:30:00.000Z'],
    ['daysFromStart', '-1', '2030-09-30T21:59:00.000Z'],
    ['daysFromStart', '35', '2030-11-05T22:59:00.000Z'],
  ] as const)('with dates noted as %s reads %s', (dates, text, instant) => {
    const fields = { dueAt: { columns: ['dueAt'], separator: ' ', dates } };
    expect(fieldFrom('dueAt', text, { fields })).toBe(instant);
  });

  it('counts days from the start of its own course', () => {
    const fields = { dueAt: { columns: ['dueAt'], separator: ' ', dates: 'daysFromStart' as const } };
    const course = { ...COURSE, startsOn: '2031-02-01' };
    expect(fieldFrom('dueAt', '0', { fields })).toBe('2030-10-01T21:59:00.000Z');
    expect(fieldFrom('dueAt', '0', { fields, course })).toBe('2031-02-01T22:59:00.000Z');
  });

  it('from joined columns, constants and translated values', () => {
    const mapping = mappingSchema.parse({
      fields: {
        courseId: { columns: ['a', 'b'], separator: '-' },
        title: { columns: ['c', 'd'] },
        type: { columns: ['e'], values: { TMA: 'homework' }, constant: 'quiz' },
        points: { constant: '100' },
      },
      emptyValues: ['?'],
    });
    const compiled = compileMapping(mapping, ['a', 'b', 'c', 'd', 'e']);

    expect(rowToAssignment(['AAA', '1', 'Part', '?', 'tma'], compiled, COURSE)).toMatchObject({
      assignment: { courseId: 'AAA-1', title: 'Part', type: 'homework', points: 100 },
    });
    expect(rowToAssignment(['AAA', '1', 'Part', '2', '?'], compiled, COURSE)).toMatchObject({
      assignment: { title: 'Part 2', type: 'quiz' },
    });
    expect(courseIdOf(['AAA', '1'], compiled)).toBe('AAA-1');
  });
});

describe('a row that is wrong', () => {
  it('is told everything that is wrong with it at once', () => {
    const problems = problemsOf({
      title: '',
      type: 'walk',
      points: 'many',
      dueAt: 'soon',
      assignmentId: 'a b',
    });
    expect(problems.map(({ field }) => field).sort()).toEqual([
      'assignmentId',
      'dueAt',
      'points',
      'title',
      'type',
    ]);
  });

  it.each<[MappedField, string, RegExp]>([
    ['dueAt', '05/11/2030', /day or the month/],
    ['dueAt', 'soon', /Give a date such as/],
    ['dueAt', '2030-02-30', /no day/],
    ['dueAt', '2030-11-01 25:61', /date and a time/],
    ['dueAt', '2030-03-31T02:30', /clocks go forward/],
    ['type', 'walk', /Choose one of/],
    ['status', 'archived', /Choose one of/],
    ['points', '1,000', /as a number/],
    ['maxAttempts', '1.5', /whole number/],
    ['assignmentId', 'a/b', /letters, digits/],
    ['title', 'a\u0000b', /invisible/],
  ])('%s %j is told what to do', (field, text, message) => {
    expect(problemsOf({ [field]: text })).toMatchObject([{ field, message: expect.stringMatching(message) }]);
  });

  it('cannot be due before it opens', () => {
    const problems = problemsOf({ availableFrom: '2030-11-02', dueAt: '2030-11-01' });
    expect(problems).toMatchObject([{ field: 'dueAt' }]);
  });
});

describe('the assessments file of OULAD', () => {
  it('is recognised as it is and becomes, row by row, what the demo data hold', async () => {
    const { columns, rows } = await contentOf(readFileSync('public/samples/oulad-assessments.csv'));
    const recognised = recogniseMapping({ columns, rows: rows.slice(0, 100).map(({ cells }) => cells) }, []);
    const mapping = compileMapping(recognised.mapping, columns);
    expect(recognised).toMatchObject({ name: 'OULAD assessments', missing: [], ignoredColumns: [] });
    expect(rows).toHaveLength(206);

    for (const { cells } of rows) {
      const row = ouladRowSchema.parse(Object.fromEntries(columns.map((column, at) => [column, cells[at]])));
      const course = ouladCourse(row);
      expect(courseIdOf(cells, mapping)).toBe(course.courseId);
      expect(rowToAssignment(cells, mapping, course)).toEqual({
        assignment: ouladAssignment(row, 'published'),
      });
    }
  });
});
