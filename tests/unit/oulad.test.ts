import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { requireLocalEngine } from '@/lib/server/demo/require-local-engine';
import { newAssignmentSchema } from '@/lib/shared/assignment';
import { ouladAssignment, ouladCourse, ouladCourseId, ouladRowSchema } from '@/lib/shared/oulad';

const { data } = Papa.parse(readFileSync('public/samples/oulad-assessments.csv', 'utf8'), {
  header: true,
  skipEmptyLines: true,
});
const rows = data.map((row) => ouladRowSchema.parse(row));

const aRow = (fields: object) =>
  ouladRowSchema.parse({
    code_module: 'AAA',
    code_presentation: '2013J',
    id_assessment: '1752',
    assessment_type: 'TMA',
    date: '19',
    weight: '10',
    ...fields,
  });

describe('the assessments file of OULAD', () => {
  it('holds 206 assessments of 22 module presentations', () => {
    expect(rows).toHaveLength(206);
    expect(new Set(rows.map(ouladCourseId)).size).toBe(22);
  });

  it('becomes 206 assignments that are valid as the form and the API take them', () => {
    for (const row of rows) {
      const assignment = ouladAssignment(row, 'published');
      expect(newAssignmentSchema.parse(assignment)).toEqual(assignment);
    }
  });

  it.each([
    ['TMA', 'homework'],
    ['CMA', 'quiz'],
    ['Exam', 'exam'],
  ])('takes %s as %s', (assessment_type, type) => {
    expect(ouladAssignment(aRow({ assessment_type }), 'draft').type).toBe(type);
  });

  it('counts due dates from 1 October or 1 February, to the end of the day in London', () => {
    expect(ouladAssignment(aRow({}), 'draft').dueAt).toBe('2013-10-20T22:59:00.000Z');
    expect(ouladAssignment(aRow({ date: '54' }), 'draft').dueAt).toBe('2013-11-24T23:59:00.000Z');
    expect(ouladAssignment(aRow({ code_presentation: '2014B', date: '0' }), 'draft').dueAt).toBe(
      '2014-02-01T23:59:00.000Z',
    );
  });

  it('leaves an unknown date empty', () => {
    expect(ouladAssignment(aRow({ date: '?' }), 'draft').dueAt).toBeNull();
  });

  it('makes a course of a presentation', () => {
    expect(ouladCourse(aRow({ code_presentation: '2014B' }))).toEqual({
      courseId: 'AAA-2014B',
      title: 'Module AAA, February 2014',
      department: 'Social Sciences',
      timeZone: 'Europe/London',
      startsOn: '2014-02-01',
    });
  });
});

describe('demo data', () => {
  it.each(['http://127.0.0.1:8000', 'http://localhost:8000', 'http://[::1]:8000', 'http://127.9.9.9'])(
    'goes into the local engine at %s',
    (endpoint) => {
      expect(() => requireLocalEngine(endpoint)).not.toThrow();
    },
  );

  it.each([
    undefined,
    'https://dynamodb.eu-west-1.amazonaws.com',
    'http://10.0.0.5:8000',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com:8000',
    'http://0.0.0.0:8000',
  ])('never goes anywhere else: %s', (endpoint) => {
    expect(() => requireLocalEngine(endpoint)).toThrow(/engine on this machine/);
  });
});
