'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { HistoryEntry } from '@/components/assignments/history-entry';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { historyQuery } from '@/lib/client/assignments';
import { useMay } from '@/lib/client/session-context';
import type { Assignment } from '@/lib/shared/assignment';

/** Who did what to an assignment, from the audit trail, newest first. */
export function AssignmentHistory({ assignment }: { assignment: Assignment }) {
  const mayReadTrail = useMay('audit:read');
  return (
    <section aria-labelledby="history" className="flex min-w-0 flex-col gap-3">
      <h2 id="history" className="font-semibold">
        History
      </h2>
      {mayReadTrail && (
        <p className="-mt-2 text-sm">
          <Link
            href={`/audit-log?resource=assignment:${assignment.assignmentId}`}
            className="rounded text-accent underline underline-offset-2"
          >
            In the audit trail
          </Link>
        </p>
      )}
      <Entries assignment={assignment} />
    </section>
  );
}

function Entries({ assignment }: { assignment: Assignment }) {
  const { assignmentId, courseId, pendingEffects } = assignment;
  const history = useInfiniteQuery(historyQuery(assignmentId));
  if (history.isPending) return <Skeleton className="h-16 w-full" />;
  if (history.error) {
    return (
      <ErrorState
        title="The history could not be loaded"
        error={history.error}
        onRetry={() => history.refetch()}
      />
    );
  }
  const events = history.data.pages.flatMap(({ items }) => items);
  if (events.length === 0) {
    const isPending = pendingEffects.includes('audit');
    return (
      <p className="text-muted">
        {isPending ? 'The audit event is still to be written.' : 'No events are kept.'}
      </p>
    );
  }
  return (
    <>
      <ol className="flex flex-col gap-3">
        {events.map((event) => (
          <HistoryEntry key={event.eventId} event={event} courseId={courseId} />
        ))}
      </ol>
      {history.hasNextPage && (
        <div>
          <Button size="small" isPending={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
            Show older events
          </Button>
        </div>
      )}
    </>
  );
}
