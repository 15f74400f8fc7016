'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ErrorState } from '@/components/ui/error-state';
import { earlierBatch } from '@/lib/client/batch-upload';
import type { AppError } from '@/lib/shared/app-error';

type Props = { error: AppError; onSend: (again: boolean) => void };

/** Why a file was not accepted, and the way on. Nothing of what the person chose is lost. */
export function UploadProblem({ error, onSend }: Props) {
  const earlier = earlierBatch(error);
  if (earlier) return <SameFile batchId={earlier.batchId} onAgain={() => onSend(true)} />;
  return (
    <ErrorState
      title="The file was not uploaded"
      error={error}
      {...(error.isRetryable ? { remedy: RETRY_REMEDY, onRetry: () => onSend(false) } : {})}
    >
      {error.fields && error.fields.length > 0 && (
        <ul className="list-disc pl-4">
          {error.fields.map(({ field, message }) => (
            <li key={field + message} className="break-words">
              {message}
            </li>
          ))}
        </ul>
      )}
      <p>Your file and your choices are still here.</p>
    </ErrorState>
  );
}

const RETRY_REMEDY = 'It is safe to send it again: nothing is written before you start the batch.';

function SameFile({ batchId, onAgain }: { batchId: string; onAgain: () => void }) {
  return (
    <Callout tone="warning" role="alert" title="This file was uploaded before">
      <p>
        It became the batch{' '}
        <Link
          href={`/batches/${encodeURIComponent(batchId)}`}
          className="break-all rounded underline underline-offset-2"
        >
          {batchId}
        </Link>
        . Uploading it again can create every assignment a second time.
      </p>
      <Button size="small" className="mt-2" onClick={onAgain}>
        Upload again
      </Button>
    </Callout>
  );
}
