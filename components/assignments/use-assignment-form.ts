'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FieldErrors, useForm } from 'react-hook-form';
import { type FieldName, isFieldName } from '@/components/assignments/assignment-labels';
import { courseQuery } from '@/lib/client/courses';
import type { AppError, FieldError } from '@/lib/shared/app-error';
import { type NewAssignment, newAssignmentSchema } from '@/lib/shared/assignment';
import { type AssignmentFormValues, toInput } from '@/lib/shared/assignment-form';
import { fieldErrors } from '@/lib/shared/field-errors';

/** The fields of an assignment with instant validation by the schema that the API applies, too. */
export function useAssignmentForm(values: AssignmentFormValues) {
  const queryClient = useQueryClient();

  function resolve(typed: AssignmentFormValues) {
    const course = queryClient.getQueryData(courseQuery(typed.courseId).queryKey);
    const input = toInput(typed, course?.timeZone ?? 'UTC');
    const result = newAssignmentSchema.safeParse(input);
    if (result.success) return { values: result.data, errors: {} };
    return { values: {}, errors: toFormErrors(fieldErrors(result.error, input)) };
  }

  const form = useForm<AssignmentFormValues, unknown, NewAssignment>({
    mode: 'onTouched',
    defaultValues: values,
    resolver: resolve,
  });

  /** Puts what the server refused on its fields; the first of them gets the focus. */
  function showRefusal(error: AppError) {
    const known = (error.fields ?? []).flatMap(({ field, message }) =>
      isFieldName(field) ? [{ field, message }] : [],
    );
    for (const [position, { field, message }] of known.entries()) {
      form.setError(field, { type: 'server', message }, { shouldFocus: position === 0 });
    }
  }

  return { ...form, showRefusal };
}

export type AssignmentForm = ReturnType<typeof useAssignmentForm>;

function toFormErrors(wrong: FieldError[]): FieldErrors<AssignmentFormValues> {
  const errors: Partial<Record<FieldName, { type: string; message: string }>> = {};
  for (const { field, message } of wrong) {
    if (isFieldName(field)) errors[field] = { type: 'schema', message };
  }
  return errors;
}
