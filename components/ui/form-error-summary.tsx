'use client';

import { Callout } from '@/components/ui/callout';

/** One wrong field: the id of its control, its label and what is wrong. */
export type SummarizedError = { id: string; label: string; message: string };

/** All wrong fields of a form in one place, each a link to its control. */
export function FormErrorSummary({ errors }: { errors: SummarizedError[] }) {
  if (errors.length === 0) return null;
  const title = errors.length === 1 ? 'Correct one field' : `Correct ${errors.length} fields`;
  return (
    <Callout tone="danger" role="alert" title={title}>
      <ul className="mt-1 flex flex-col">
        {errors.map(({ id, label, message }) => (
          <li key={id}>
            <a href={`#${id}`} className="inline-block min-h-6 underline underline-offset-2">
              {label}: {message}
            </a>
          </li>
        ))}
      </ul>
    </Callout>
  );
}
