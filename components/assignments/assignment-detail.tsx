'use client';

import { useQuery } from '@tanstack/react-query';
import { AssignmentActions } from '@/components/assignments/assignment-actions';
import { AssignmentFacts } from '@/components/assignments/assignment-facts';
import { AssignmentHistory } from '@/components/assignments/assignment-history';
import { DoneNotice } from '@/components/assignments/done-notice';
import { PendingEffects } from '@/components/assignments/pending-effects';
import { StatusBadge } from '@/components/assignments/status-badge';
import { ErrorState } from '@/components/ui/error-state';
import { Markdown } from '@/components/ui/markdown';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { assignmentQuery } from '@/lib/client/assignments';

/** One assignment with everything that is known about it, and what has happened to it. */
export function AssignmentDetail({ assignmentId }: { assignmentId: string }) {
  const { data, isPending, error, refetch } = useQuery(assignmentQuery(assignmentId));
  if (isPending) return <DetailSkeleton />;
  if (!data) {
    return (
      <>
        <PageHeader title="Assignment" />
        <ErrorState title="The assignment could not be loaded" error={error} onRetry={() => refetch()} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <bdi className="min-w-0 break-words">{data.title}</bdi>
            <StatusBadge status={data.status} />
          </span>
        }
        description={data.courseId}
        actions={<AssignmentActions assignment={data} />}
      />
      <DoneNotice />
      <PendingEffects effects={data.pendingEffects} assignmentId={data.assignmentId} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <section aria-label="Description" className="rounded-lg border border-line bg-surface p-4">
          {data.description ? (
            <Markdown>{data.description}</Markdown>
          ) : (
            <p className="text-muted">No description.</p>
          )}
        </section>
        <AssignmentFacts assignment={data} />
        <AssignmentHistory assignment={data} />
      </div>
    </>
  );
}

function DetailSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading the assignment
      </p>
      <Skeleton className="h-7 w-72 max-w-full" />
      <Skeleton className="w-24" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
