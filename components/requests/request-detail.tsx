'use client';

import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { LogLines } from '@/components/requests/log-lines';
import { LookedAt } from '@/components/requests/looked-at';
import { RequestMinute } from '@/components/requests/request-minute';
import { RequestParts } from '@/components/requests/request-parts';
import { isUnknown, requestSentence } from '@/components/requests/request-sentence';
import { RequestTimeline } from '@/components/requests/request-timeline';
import { CopyButton } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { requestQuery } from '@/lib/client/requests';
import type { RequestStory } from '@/lib/shared/request';

/** Everything that is known of one request, joined from all places that keep something of it. */
export function RequestDetail({ requestId }: { requestId: string }) {
  const { data, isPending, error, refetch } = useQuery(requestQuery(requestId));
  return (
    <>
      <p className="-mb-2 flex gap-4 text-sm">
        <Crumb href="/metrics">Metrics</Crumb>
        <Crumb href={`/audit-log?${new URLSearchParams({ requestId })}`}>In the audit trail</Crumb>
      </p>
      <PageHeader
        title="Request"
        description={
          <span className="flex flex-wrap items-center gap-x-1">
            <code className="break-all font-mono text-sm">{requestId}</code>
            <CopyButton text={requestId} label="Copy request ID" />
          </span>
        }
      />
      {isPending && <DetailSkeleton />}
      {error && (
        <ErrorState
          title={data ? 'This page is not up to date' : 'The request could not be read'}
          error={error}
          onRetry={() => refetch()}
        />
      )}
      {data && <Loaded story={data} />}
    </>
  );
}

function Loaded({ story }: { story: RequestStory }) {
  if (isUnknown(story)) {
    return (
      <>
        <EmptyState title="Nothing is known of this request" icon={<SearchX aria-hidden />}>
          By its ID it began on <Time value={story.beganAt} precision="seconds" hasZone />. A request that
          changed nothing and met no problem leaves no trace of its own.
        </EmptyState>
        <RequestMinute story={story} />
        <LookedAt story={story} />
      </>
    );
  }
  return (
    <>
      <p>
        {requestSentence(story)} It began on <Time value={story.beganAt} precision="seconds" hasZone />.
      </p>
      <RequestTimeline story={story} />
      <RequestParts story={story} />
      <RequestMinute story={story} />
      <LogLines story={story} />
      <LookedAt story={story} />
    </>
  );
}

function Crumb({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="rounded text-accent underline underline-offset-2">
      {children}
    </Link>
  );
}

function DetailSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading the request
      </p>
      <Skeleton className="h-5 w-96 max-w-full" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
