'use client';

import type { ReactNode } from 'react';
import { ComboBoxInput, type ComboBoxInputProps } from '@/components/ui/combo-box-input';
import { Field } from '@/components/ui/field';

type Props = ComboBoxInputProps & {
  label: string;
  isLabelHidden?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  id?: string;
  isRequired?: boolean;
};

/** A field that searches while one types and offers what it found; what is typed counts once it is chosen. */
export function ComboBox({
  label,
  isLabelHidden = false,
  hint,
  error,
  id,
  isRequired = false,
  ...input
}: Props) {
  return (
    <Field
      label={label}
      isLabelHidden={isLabelHidden}
      hint={hint}
      error={error}
      isRequired={isRequired}
      {...(id ? { id } : {})}
    >
      <ComboBoxInput {...input} />
    </Field>
  );
}
