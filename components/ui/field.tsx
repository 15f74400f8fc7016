'use client';

import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classNames } from '@/components/ui/class-names';
import { FieldControlContext } from '@/components/ui/field-control';

type Props = {
  label: ReactNode;
  children: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** Id of the control, where something outside links to it. */
  id?: string;
  isRequired?: boolean;
  /** Keeps the label for screen readers only, where the control explains itself. */
  isLabelHidden?: boolean;
  className?: string;
};

/**
 * Label, hint and error of one control. The control inside (TextInput, TextArea, Select, ...) finds its id and its
 * ARIA attributes by context: `<Field label="Title" error={...}><TextInput {...register('title')} /></Field>`.
 */
export function Field({ label, children, hint, error, id: givenId, ...options }: Props) {
  const { isRequired = false, isLabelHidden = false, className } = options;
  const ownId = useId();
  const id = givenId ?? ownId;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const control = {
    id,
    'aria-describedby': classNames(errorId, hintId) || undefined,
    'aria-errormessage': errorId,
    'aria-invalid': error ? (true as const) : undefined,
    'aria-required': isRequired ? (true as const) : undefined,
  };

  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'font-medium text-sm'}>
        {label}
      </label>
      <FieldControlContext value={control}>{children}</FieldControlContext>
      {error && (
        <p id={errorId} className="flex items-start gap-1 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <div id={hintId} className="text-muted text-sm">
          {hint}
        </div>
      )}
    </div>
  );
}
