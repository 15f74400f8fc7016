'use client';

import type { ReactNode } from 'react';
import { fieldId } from '@/components/assignment-form/field-element';
import type { AssignmentForm } from '@/components/assignment-form/use-assignment-form';
import { Field } from '@/components/ui/field';
import { FIELD_LABELS, type FieldName } from '@/lib/shared/field-labels';

type Props = {
  form: AssignmentForm;
  name: FieldName;
  children: ReactNode;
  hint?: ReactNode;
  isRequired?: boolean;
  className?: string;
};

/** Label, hint and error of one field of the form. */
export function FormField({ form, name, ...props }: Props) {
  const message = form.formState.errors[name]?.message;
  return <Field label={FIELD_LABELS[name]} id={fieldId(name)} error={message} {...props} />;
}
