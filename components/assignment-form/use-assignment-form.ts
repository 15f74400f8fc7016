'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type FieldErrors, useForm } from 'react-hook-form';
import { focusTopmost, isHalfTyped } from '@/components/assignment-form/field-element';
import { courseQuery } from '@/lib/client/courses';
import { AppError, type FieldError } from '@/lib/shared/app-error';
import { type NewAssignment, newAssignmentSchema } from '@/lib/shared/assignment';
import { type AssignmentFormValues, DATE_FIELDS, dateProblems, toInput } from '@/lib/shared/assignment-form';
import { fieldErrors } from '@/lib/shared/field-errors';
import { type FieldName, isFieldName } from '@/lib/shared/field-labels';

/** The fields of an assignment with instant validation by the schema that the API applies, too. */
export function useAssignmentForm(values: AssignmentFormValues) {
  const queryClient = useQueryClient();
  const form = useForm<AssignmentFormValues, unknown, NewAssignment>({
    mode: 'onTouched',
    defaultValues: values,
    shouldFocusError: false,
    resolver: async (typed) => {
      const { timeZone, wrong } = await readZone(queryClient, typed.courseId);
      const input = toInput(typed, timeZone);
      const result = newAssignmentSchema.safeParse(input);
      const local = [...wrong, ...halfTypedDates(), ...dateProblems(typed, timeZone)];
      if (result.success && local.length === 0) return { values: result.data, errors: {} };
      const refused = result.success ? [] : fieldErrors(result.error, input);
      return { values: {}, errors: toFormErrors([...refused, ...local]) };
    },
  });

  /** Puts what the server refused on its fields; the first of them gets the focus. */
  function showRefusal(error: AppError) {
    const known = (error.fields ?? []).flatMap(({ field, message }) =>
      isFieldName(field) ? [{ field, message }] : [],
    );
    for (const { field, message } of known) form.setError(field, { type: 'server', message });
    focusTopmost(known.map(({ field }) => field));
  }

  /** Sends what is valid; otherwise the first wrong field gets the focus, whatever kind of control it is. */
  const submitWith = (send: (input: NewAssignment) => void | Promise<void>) =>
    form.handleSubmit(send, (errors) => focusTopmost(Object.keys(errors).filter(isFieldName)));

  return { ...form, showRefusal, submitWith };
}

export type AssignmentForm = ReturnType<typeof useAssignmentForm>;

/**
 * The time zone that the dates are meant in. Without it nothing may be sent: a date in the wrong zone is a wrong date.
 * A course that cannot be read is asked for again only where that may succeed.
 */
async function readZone(
  queryClient: QueryClient,
  courseId: string,
): Promise<{ timeZone: string; wrong: FieldError[] }> {
  if (courseId === '') return { timeZone: 'UTC', wrong: [] };
  const query = courseQuery(courseId);
  try {
    const known = queryClient.getQueryState(query.queryKey)?.error;
    if (known && !known.isRetryable) throw known;
    const { timeZone } = await queryClient.ensureQueryData(query);
    return { timeZone, wrong: [] };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { timeZone: 'UTC', wrong: [{ field: 'courseId', message: thrown.message }] };
  }
}

/** The value of such a control is empty, as if nothing had been typed: sent like that, the date would be lost. */
function halfTypedDates(): FieldError[] {
  const message = 'Complete the date and the time, or clear both';
  return DATE_FIELDS.filter(isHalfTyped).map((field) => ({ field, message }));
}

/** The last message about a field counts. */
function toFormErrors(wrong: FieldError[]): FieldErrors<AssignmentFormValues> {
  const errors: Partial<Record<FieldName, { type: string; message: string }>> = {};
  for (const { field, message } of wrong) {
    if (isFieldName(field)) errors[field] = { type: 'schema', message };
  }
  return errors;
}
