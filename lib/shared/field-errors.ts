import type * as z from 'zod';
import type { FieldError } from '@/lib/shared/app-error';

const SHOWN_VALUE_LENGTH = 80;

/**
 * Turns the issues of a failed parse of `input` into one entry per wrong field, in the order of the schema.
 * An unknown key is reported under its own name; a value is shown shortened and as JSON.
 */
export function fieldErrors(error: z.ZodError, input: unknown): FieldError[] {
  const errors = new Map<string, FieldError>();
  for (const { path, message } of error.issues.flatMap(wrongPaths)) {
    const field = path.join('.') || 'body';
    if (!errors.has(field)) errors.set(field, { field, message, ...shownValue(valueAt(input, path)) });
  }
  return [...errors.values()];
}

function wrongPaths(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    message: 'Remove this field: it is not known',
  }));
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.getOwnPropertyDescriptor(value, key)?.value
        : undefined,
    input,
  );
}

function shownValue(value: unknown): { value?: string } {
  const text = JSON.stringify(value)?.toWellFormed();
  if (text === undefined) return {};
  return { value: text.length > SHOWN_VALUE_LENGTH ? `${text.slice(0, SHOWN_VALUE_LENGTH)}…` : text };
}
