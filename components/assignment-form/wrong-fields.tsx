'use client';

import { fieldId } from '@/components/assignment-form/field-element';
import type { AssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { FIELD_LABELS, isFieldName } from '@/lib/shared/field-labels';

/** After a refused submit: all wrong fields in one place. */
export function WrongFields({ form }: { form: AssignmentForm }) {
  const { errors, submitCount } = form.formState;
  if (submitCount === 0) return null;
  const wrong = Object.entries(errors).flatMap(([name, error]) =>
    isFieldName(name) && error?.message
      ? [{ id: fieldId(name), label: FIELD_LABELS[name], message: error.message }]
      : [],
  );
  return <FormErrorSummary errors={wrong} />;
}
