import { type AssignmentFormValues, dateProblems, EMPTY_FORM, toInput } from '@/lib/shared/assignment-form';
import { type PayloadPatch, payloadPatchSchema } from '@/lib/shared/failed-item';
import { fieldErrors } from '@/lib/shared/field-errors';
import type { FieldName } from '@/lib/shared/field-labels';

/** The fields that somebody wants to set in many items, as they are typed; in the order in which they were chosen. */
export type TypedFields = ReadonlyMap<FieldName, string>;

type Parsed = { patch: PayloadPatch; problems?: never } | { patch?: never; problems: Map<string, string> };

/** What was typed, as a patch; or what is wrong with it, field by field. Dates are meant in the time zone. */
export function toPatch(typed: TypedFields, timeZone: string): Parsed {
  const values: AssignmentFormValues = { ...EMPTY_FORM, ...Object.fromEntries(typed) };
  const input = Object.entries(toInput(values, timeZone)).filter(([field]) => hasField(typed, field));
  const local = dateProblems(values, timeZone).filter(({ field }) => hasField(typed, field));
  const result = payloadPatchSchema.safeParse(Object.fromEntries(input));
  if (result.success && local.length === 0) return { patch: result.data };
  const refused = result.success ? [] : fieldErrors(result.error, Object.fromEntries(input));
  return { problems: new Map([...refused, ...local].map(({ field, message }) => [field, message])) };
}

function hasField(typed: TypedFields, field: string): boolean {
  return [...typed.keys()].some((name) => name === field);
}
