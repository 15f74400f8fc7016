'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { STATE_LABELS } from '@/components/batches/batch-labels';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { batchHistoryQuery } from '@/lib/client/batches';
import type { BatchAction, BatchEvent } from '@/lib/shared/audit-event';
import type { Batch } from '@/lib/shared/batch';
import { requestPath } from '@/lib/shared/request';

/** Who did what with a batch, from the audit trail, newest first. */
export function BatchTimeline({ batch }: { batch: Batch }) {
  return (
    <Section
      title="History"
      actions={
        <Link
          href={`/audit-log?batchId=${batch.batchId}`}
          className="rounded text-accent text-sm underline underline-offset-2"
        >
          In the audit trail
        </Link>
      }
    >
      <Events batch={batch} />
    </Section>
  );
}

function Events({ batch }: { batch: Batch }) {
  const history = useInfiniteQuery(batchHistoryQuery(batch));
  if (history.isPending) return <Skeleton className="h-16 w-full" />;
  if (!history.data) {
    return (
      <ErrorState
        title="The history could not be loaded"
        error={history.error}
        onRetry={() => history.refetch()}
      />
    );
  }
  const events = history.data.pages.flatMap(({ items }) => items);
  if (events.length === 0) return <p className="text-muted">No events are kept yet.</p>;
  return (
    <>
      <ol className="flex flex-col border-line border-l">
        {events.map((event) => (
          <Entry key={event.eventId} event={event} />
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

const SENTENCES: Record<BatchAction, string> = {
  UPLOAD_BATCH: 'Uploaded',
  START_BATCH: 'Started',
  PAUSE_BATCH: 'Paused',
  RESUME_BATCH: 'Resumed',
  CANCEL_BATCH: 'Cancelled',
  UNDO_BATCH: 'Undone',
  FINISH_BATCH: 'Ended',
  RETRY_FAILED_ITEMS: 'Retry asked for',
  DISCARD_FAILED_ITEMS: 'Discard asked for',
  SNOOZE_FAILED_ITEMS: 'Snooze asked for',
  RESTORE_FAILED_ITEMS: 'Restore asked for',
  ROLL_BACK: 'Rollback asked for',
};

/** The end of a batch says how it ended; everything else was done by somebody. */
function Entry({ event }: { event: BatchEvent }) {
  const { action, actor, state, time, requestId } = event;
  const isEnd = action === 'FINISH_BATCH';
  return (
    <li className="relative py-1.5 pl-4 text-sm before:absolute before:top-3.5 before:-left-1 before:size-2 before:rounded-full before:bg-control">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span>
          <strong className="font-medium">{isEnd ? STATE_LABELS[state] : SENTENCES[action]}</strong>
          {!isEnd && ` by ${actor.role}, ${actor.department}`}
          <Counts counts={event.counts} />
        </span>
        <Time value={time} />
      </p>
      <p className="break-all text-muted text-xs">
        {!isEnd && `User ${actor.id}, `}request{' '}
        <Link
          href={requestPath(requestId)}
          className="inline-block min-h-6 leading-6 underline underline-offset-2"
        >
          {requestId}
        </Link>
      </p>
    </li>
  );
}

/** In the order of the equation: what is stored has none. */
const COUNTED = [
  ...['rows', 'created', 'rejected', 'succeeded', 'skipped', 'failed'],
  ...['deleted', 'kept', 'waiting'],
];

function Counts({ counts }: Pick<BatchEvent, 'counts'>) {
  const shown = COUNTED.map((name) => [name, counts[name] ?? 0] as const).filter(([, count]) => count > 0);
  if (shown.length === 0) return null;
  return (
    <span className="text-muted">
      : {shown.map(([name, count]) => `${formatCount(count)} ${name}`).join(', ')}
    </span>
  );
}
