import * as z from 'zod';
import type { FieldError } from '@/lib/shared/app-error';
import { CONTENT_FIELDS, type NewAssignment } from '@/lib/shared/assignment';
import { toInstant, toLocalText } from '@/lib/shared/course-time';

/** The form as it is typed: every control holds text. Dates are local to the course. */
export const assignmentFormSchema = z.record(z.enum(CONTENT_FIELDS), z.string());

export type AssignmentFormValues = z.infer<typeof assignmentFormSchema>;

export const DATE_FIELDS = ['availableFrom', 'dueAt', 'availableUntil'] as const;

export const EMPTY_FORM: AssignmentFormValues = {
  courseId: '',
  title: '',
  description: '',
  type: 'homework',
  status: 'draft',
  points: '100',
  weight: '0',
  availableFrom: '',
  dueAt: '',
  availableUntil: '',
  maxAttempts: '',
};

/** What was typed, as the schema of an assignment expects it; what is no number or date stays text for the schema to refuse. */
export function toInput(
  values: AssignmentFormValues,
  timeZone: string,
): Record<keyof NewAssignment, unknown> {
  return {
    ...values,
    points: toNumber(values.points),
    weight: toNumber(values.weight),
    maxAttempts: values.maxAttempts.trim() === '' ? null : toNumber(values.maxAttempts),
    ...Object.fromEntries(
      DATE_FIELDS.map((field) => [
        field,
        values[field] === '' ? null : toInstantOrText(values[field], timeZone),
      ]),
    ),
  };
}

/** The dates that mean no moment in the time zone, and why: the schema only sees that they are none. */
export function dateProblems(values: AssignmentFormValues, timeZone: string): FieldError[] {
  return DATE_FIELDS.flatMap((field) => {
    const time = values[field] === '' ? undefined : toInstant(values[field], timeZone);
    return time && 'problem' in time ? [{ field, message: time.problem }] : [];
  });
}

/** A stored assignment as it is typed. */
export function toFormValues(assignment: NewAssignment, timeZone: string): AssignmentFormValues {
  const text = (value: string | number | null) => (value === null ? '' : String(value));
  const local = (instant: string | null) => (instant === null ? '' : toLocalText(instant, timeZone));
  return {
    courseId: assignment.courseId,
    title: assignment.title,
    description: assignment.description,
    type: assignment.type,
    status: assignment.status,
    points: text(assignment.points),
    weight: text(assignment.weight),
    availableFrom: local(assignment.availableFrom),
    dueAt: local(assignment.dueAt),
    availableUntil: local(assignment.availableUntil),
    maxAttempts: text(assignment.maxAttempts),
  };
}

/** The fields in which two forms differ. */
export function changedFields(
  before: AssignmentFormValues,
  after: AssignmentFormValues,
): (keyof NewAssignment)[] {
  return CONTENT_FIELDS.filter((field) => before[field] !== after[field]);
}

function toInstantOrText(localText: string, timeZone: string): string {
  const time = toInstant(localText, timeZone);
  return 'problem' in time ? localText : time.instant;
}

/** A comma before one or two digits is a decimal one; before three it may separate thousands, so it is not guessed. */
const NUMBER = /^[+-]?(\d+|\d*\.\d+|\d+,\d{1,2})$/;

/** A number as people type it, with a decimal point or comma; undefined for nothing, and other text stays text. */
export function toNumber(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return NUMBER.test(trimmed) ? Number(trimmed.replace(',', '.')) : text;
}
