'use client';

import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { type AppError, ERRORS, type ErrorCode } from '@/lib/shared/app-error';

/** The part of an error that people see. An AppError is one; a server component hands it on as a plain object. */
export type ShownError = Pick<AppError, 'code' | 'message'> &
  Partial<Pick<AppError, 'requestId' | 'retryAfterSeconds' | 'fields'>>;

type Props = {
  error: ShownError;
  /** What failed, in the words of the page: "The course list could not be loaded". */
  title?: string;
  onRetry?: () => void;
  retryLabel?: string;
  /** What to do, where the page knows better than the error reference. */
  remedy?: string;
  /** What happened to the work of the person. */
  children?: ReactNode;
};

/** The one rendering of a failure: what happened, what to do, the code and the request ID for support. */
export function ErrorState({ error, title = 'Something went wrong', onRetry, ...props }: Props) {
  const { retryLabel = 'Try again', remedy = remedyOf(error.code), children } = props;
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-danger/40 bg-danger-soft px-4 py-3">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div>
          <p className="font-medium">{title}</p>
          <p className="break-words">{error.message}</p>
        </div>
        {children}
        <p>{remedy}</p>
        <ErrorReference error={error} />
        {onRetry && (
          <div>
            <Button size="small" onClick={() => onRetry()}>
              {retryLabel}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function ErrorReference({ error }: { error: ShownError }) {
  return (
    <dl className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
      <div className="flex gap-1.5">
        <dt>Code</dt>
        <dd className="font-mono text-ink text-xs leading-5">{error.code}</dd>
      </div>
      {error.requestId && (
        <div className="flex min-w-0 items-center gap-1.5">
          <dt className="shrink-0">Request ID</dt>
          <dd className="flex min-w-0 items-center gap-1 font-mono text-ink text-xs">
            <span className="break-all">{error.requestId}</span>
            <CopyButton text={error.requestId} label="Copy request ID" />
          </dd>
        </div>
      )}
      {error.retryAfterSeconds !== undefined && (
        <div className="flex gap-1.5">
          <dt>Wait</dt>
          <dd className="text-ink">{seconds(error.retryAfterSeconds)}</dd>
        </div>
      )}
    </dl>
  );
}

const remedyOf = (code: ErrorCode) => ERRORS[code].action;

const seconds = (count: number) => (count === 1 ? '1 second' : `${count} seconds`);
