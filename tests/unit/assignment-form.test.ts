import { describe, expect, it } from 'vitest';
import { changedFields, dateProblems, EMPTY_FORM, toFormValues, toInput } from '@/lib/shared/assignment-form';
import { aNewAssignment } from '@/tests/support/new-assignment';

const ZONE = 'Europe/London';

const pointsOf = (points: string) => toInput({ ...EMPTY_FORM, points }, ZONE).points;

describe('a number typed in', () => {
  it.each([
    ['12.5', 12.5],
    ['12,5', 12.5],
    [' 7 ', 7],
    ['-3', -3],
  ])('%j is read as %j', (typed, read) => {
    expect(pointsOf(typed)).toBe(read);
  });

  it.each(['1,000', '1e3', '0x10', 'many', '1 000'])('%j stays text, for the schema to refuse', (typed) => {
    expect(pointsOf(typed)).toBe(typed);
  });

  it('is missing where nothing is typed, and any number of attempts then', () => {
    expect(pointsOf('')).toBeUndefined();
    expect(toInput(EMPTY_FORM, ZONE).maxAttempts).toBeNull();
  });
});

describe('dates typed in', () => {
  it('are moments in the zone of the course', () => {
    const typed = { ...EMPTY_FORM, dueAt: '2026-10-01T23:59' };

    expect(toInput(typed, ZONE)).toMatchObject({ dueAt: '2026-10-01T22:59:00.000Z', availableFrom: null });
    expect(dateProblems(typed, ZONE)).toEqual([]);
  });

  it('name the field whose time the zone does not have', () => {
    const typed = { ...EMPTY_FORM, availableFrom: '2026-03-28T01:30', dueAt: '2026-03-29T01:30' };

    expect(dateProblems(typed, ZONE)).toEqual([
      { field: 'dueAt', message: expect.stringContaining('clocks go forward') },
    ]);
  });
});

it('a stored assignment comes back the same from the form that shows it', () => {
  const assignment = aNewAssignment({ points: 12.5, maxAttempts: 3, dueAt: '2030-03-01T23:59:59.000Z' });

  expect(toInput(toFormValues(assignment, ZONE), ZONE)).toEqual(assignment);
});

it('only the fields that differ count as changed', () => {
  const before = toFormValues(aNewAssignment(), ZONE);

  expect(changedFields(before, { ...before, title: 'Tides', points: '5' })).toEqual(['title', 'points']);
  expect(changedFields(before, before)).toEqual([]);
});
