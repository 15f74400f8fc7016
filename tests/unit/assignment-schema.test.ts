import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newAssignmentSchema } from '@/lib/shared/assignment';
import { fieldErrors } from '@/lib/shared/field-errors';

const valid = { courseId: 'AAA-2013J', title: 'Essay', type: 'homework' };

function wrongFields(input: unknown) {
  const result = newAssignmentSchema.safeParse(input);
  return result.success ? [] : fieldErrors(result.error, input).map(({ field }) => field);
}

const errorOf = (input: Record<string, unknown>) => {
  const result = newAssignmentSchema.safeParse({ ...valid, ...input });
  return result.success ? undefined : fieldErrors(result.error, { ...valid, ...input })[0];
};

describe('a new assignment', () => {
  it('needs a course, a title and a type; everything else has a default', () => {
    expect(newAssignmentSchema.parse(valid)).toEqual({
      ...valid,
      description: '',
      status: 'draft',
      points: 0,
      weight: 0,
      availableFrom: null,
      dueAt: null,
      availableUntil: null,
      maxAttempts: null,
    });
  });

  it('lists every wrong field in one answer, the order of the dates included', () => {
    const input = {
      courseId: '',
      title: '\ud83d',
      description: 5,
      type: 'essay',
      status: 'archived',
      points: -1,
      weight: 101,
      availableFrom: '2030-03-01T00:00:00Z',
      dueAt: '2030-02-01T00:00:00Z',
      availableUntil: 'tomorrow',
      maxAttempts: 1.5,
      colour: 'red',
    };

    expect(wrongFields(input).sort()).toEqual(
      Object.keys(input)
        .filter((field) => field !== 'availableFrom')
        .sort(),
    );
  });

  it('names the field, the value and the remedy', () => {
    expect(errorOf({ points: 100_001 })).toEqual({
      field: 'points',
      message: 'The points can be at most 100,000',
      value: '100001',
    });
  });
});

describe('the title of a new assignment', () => {
  it.each([
    ['NUL bytes', 'Es\u0000say'],
    ['a lone surrogate', 'Essay \ud83d'],
    ['a right-to-left override', 'Essay \u202Etxt.exe'],
    ['a bidirectional isolate', '\u2066Essay'],
    ['a line break', 'Essay\nTwo'],
    ['a megabyte', 'x'.repeat(1024 * 1024)],
    ['201 characters', 'x'.repeat(201)],
    ['spaces only', '   '],
  ])('refuses a title with %s', (_, title) => {
    const error = errorOf({ title });

    expect(error?.field).toBe('title');
    expect(error?.value?.length ?? 0).toBeLessThan(100);
    expect(error?.value?.isWellFormed() ?? true).toBe(true);
  });

  it.each([
    '<script>alert(1)</script>',
    'مقال عن المد',
    '🌊 Tides 👩‍🏫',
    '=cmd()',
    'O\'Neil "quoted"',
    'x'.repeat(200),
  ])('takes the title %s as it is', (title) => {
    expect(newAssignmentSchema.parse({ ...valid, title }).title).toBe(title);
  });

  it('joins composed and decomposed letters and trims spaces', () => {
    expect(newAssignmentSchema.parse({ ...valid, title: ' Cafe\u0301 ' }).title).toBe('Caf\u00e9');
  });
});

describe('the dates of a new assignment', () => {
  it.each([
    '2030-01-01',
    '2030-01-01T10:00',
    '2030-01-01T10:00:00',
    '01/02/2030',
    '2030-02-30T10:00:00Z',
    '2030-13-01T10:00:00Z',
    '1446-09-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    'Ramadan 1, 1446',
    '令和12年1月1日',
    1893456000000,
  ])('refuses the date %s', (dueAt) => {
    expect(errorOf({ dueAt })?.field).toBe('dueAt');
  });

  it('keeps a date with an offset as the same instant in UTC', () => {
    expect(newAssignmentSchema.parse({ ...valid, dueAt: '2030-01-01T10:00:00+02:00' }).dueAt).toBe(
      '2030-01-01T08:00:00.000Z',
    );
  });

  it.each([
    ['availableFrom', 'dueAt', 'dueAt'],
    ['dueAt', 'availableUntil', 'availableUntil'],
    ['availableFrom', 'availableUntil', 'availableUntil'],
  ])('refuses %s after %s, and takes both at the same moment', (first, second, field) => {
    const moment = '2030-02-01T00:00:00Z';

    expect(errorOf({ [first]: '2030-02-01T00:00:01Z', [second]: moment })?.field).toBe(field);
    expect(errorOf({ [first]: moment, [second]: moment })).toBeUndefined();
  });
});

describe('any input', () => {
  it.each(['__proto__', 'constructor', 'assignmentId', 'createdBy', 'version'])(
    'refuses the field %s',
    (field) => {
      const input: unknown = JSON.parse(JSON.stringify(valid).replace('{', `{"${field}":{"polluted":true},`));

      expect(wrongFields(input)).toEqual([field]);
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it('takes weights with two decimals and no more', () => {
    expect(newAssignmentSchema.parse({ ...valid, weight: 12.5, points: 0.07 })).toMatchObject({
      weight: 12.5,
      points: 0.07,
    });
    expect(errorOf({ weight: 12.555 })?.field).toBe('weight');
  });

  it('never throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        const result = newAssignmentSchema.safeParse(input);
        if (!result.success) expect(fieldErrors(result.error, input).length).toBeGreaterThan(0);
      }),
    );
  });

  it('parses what it has parsed to the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (title) => {
        const first = newAssignmentSchema.safeParse({ ...valid, title });
        fc.pre(first.success);
        expect(newAssignmentSchema.parse(first.data)).toEqual(first.data);
      }),
    );
  });
});
