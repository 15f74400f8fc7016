'use client';

import { ErrorState } from '@/components/ui/error-state';
import type { AppError } from '@/lib/shared/app-error';
import { isFieldName } from '@/lib/shared/field-labels';

type Props = { title: string; error: AppError };

/** Why a form was not written. What was typed stays; where sending again is safe, it says so. */
export function WriteProblem({ title, error }: Props) {
  // Wrong fields are named where they are; repeating them here would say everything twice.
  const isOnFields = error.fields?.length && error.fields.every(({ field }) => isFieldName(field));
  if (error.code === 'VALIDATION_ERROR' && isOnFields) return null;
  return (
    <ErrorState title={title} error={error} {...(error.isRetryable ? { remedy: RETRY_REMEDY } : {})}>
      <p>Everything you typed is still here.</p>
      {error.failedItemId && (
        <p>
          It is also listed for the operations team, who can create it for you: nothing will be written twice.
        </p>
      )}
    </ErrorState>
  );
}

const RETRY_REMEDY = 'It is safe to send again: however often you do, it is written once.';
