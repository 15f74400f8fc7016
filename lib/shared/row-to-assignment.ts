import { LRUCache } from 'lru-cache';
import type { FieldError } from '@/lib/shared/app-error';
import { type NewAssignment, newAssignmentSchema } from '@/lib/shared/assignment';
import { DATE_FIELDS, toNumber } from '@/lib/shared/assignment-form';
import { type DateFrame, type ReadDate, readDate } from '@/lib/shared/batch-dates';
import type { MappedField } from '@/lib/shared/batch-mapping';
import { type CompiledMapping, valuesOf } from '@/lib/shared/compiled-mapping';
import { fieldErrors } from '@/lib/shared/field-errors';
import { meantValue } from '@/lib/shared/value-words';

/** What a row means: an assignment, with the ID that the file itself gives, or everything that is wrong with it. */
export type RowResult = { assignment: NewAssignment; assignmentId?: string } | { problems: FieldError[] };

const OWN_ID = /^[A-Za-z0-9._-]{1,200}$/;

/** Dates repeat within a file, and the calendar of a time zone is slow. */
const dates = new LRUCache<string, ReadDate>({ max: 10_000 });

/** The course that a row names, before anything is known about the course; '' where it names none. */
export function courseIdOf(cells: readonly string[], mapping: CompiledMapping): string {
  const courses = mapping.sources.filter(({ field }) => field === 'courseId');
  return valuesOf(cells, { ...mapping, sources: courses }).get('courseId') ?? '';
}

/**
 * Turns a row into an assignment by the rules of the form. Dates are local to the course.
 * @param mapping compiled for the columns of the file
 */
export function rowToAssignment(
  cells: readonly string[],
  mapping: CompiledMapping,
  course: DateFrame,
): RowResult {
  const values = valuesOf(cells, mapping);
  const { input, dateProblems } = toInput(values, mapping, course);
  const parsed = newAssignmentSchema.safeParse(input);
  const ownId = values.get('assignmentId') ?? '';
  const problems = [
    ...dateProblems,
    ...(parsed.success ? [] : fieldErrors(parsed.error, input)).filter(
      ({ field }) => !dateProblems.some((date) => date.field === field),
    ),
    ...ownIdProblems(ownId),
  ];
  if (!parsed.success || problems.length > 0) return { problems };
  return { assignment: parsed.data, ...(ownId === '' ? {} : { assignmentId: ownId }) };
}

/** The values as the schema of an assignment expects them; fields without a value are left to its defaults. */
function toInput(values: Map<MappedField, string>, mapping: CompiledMapping, course: DateFrame) {
  const dateProblems: FieldError[] = [];
  const input: Record<string, unknown> = {};
  for (const [field, text] of values) {
    if (text === '' || field === 'assignmentId') continue;
    if (!isDateField(field)) {
      input[field] = plainValue(field, text);
      continue;
    }
    const read = dateOf(field, text, { mapping, course });
    if ('problem' in read) dateProblems.push({ field, message: read.problem, value: text.slice(0, 80) });
    else input[field] = read.instant;
  }
  return { input, dateProblems };
}

function isDateField(field: MappedField): field is (typeof DATE_FIELDS)[number] {
  const fields: readonly string[] = DATE_FIELDS;
  return fields.includes(field);
}

function plainValue(field: MappedField, text: string): unknown {
  if (field === 'type' || field === 'status') return meantValue(field, text) ?? text.toLowerCase();
  if (field === 'weight') return toNumber(text.replace(/\s?%$/, ''));
  return field === 'points' || field === 'maxAttempts' ? toNumber(text) : text;
}

function dateOf(
  field: (typeof DATE_FIELDS)[number],
  text: string,
  { mapping, course }: { mapping: CompiledMapping; course: DateFrame },
): ReadDate {
  const notation = mapping.sources.find((source) => source.field === field)?.dates ?? 'auto';
  const dayEnd = field === 'availableFrom' ? 'opens' : 'ends';
  const start = notation === 'daysFromStart' ? course.startsOn : '';
  const key = `${notation}|${dayEnd}|${course.timeZone}|${start}|${text}`;
  const known = dates.get(key);
  if (known) return known;
  const read = readDate({ text, notation, dayEnd }, course);
  if (text.length <= 50) dates.set(key, read);
  return read;
}

function ownIdProblems(ownId: string): FieldError[] {
  if (ownId === '' || OWN_ID.test(ownId)) return [];
  const message = 'An assignment ID has 1 to 200 letters, digits, dots, dashes and underscores only';
  return [{ field: 'assignmentId', message, value: ownId.slice(0, 80) }];
}
