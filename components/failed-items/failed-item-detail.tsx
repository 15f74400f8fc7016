'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useRef } from 'react';
import { ActionDialogs } from '@/components/failed-items/action-dialogs';
import { ActionReport } from '@/components/failed-items/action-report';
import { AttemptList } from '@/components/failed-items/attempt-list';
import { EditFailedItem } from '@/components/failed-items/edit-failed-item';
import { FailedItemFacts } from '@/components/failed-items/failed-item-facts';
import { itemName } from '@/components/failed-items/failed-item-labels';
import { FailedItemNotices } from '@/components/failed-items/failed-item-notices';
import { ItemActions } from '@/components/failed-items/item-actions';
import { ItemStateBadge } from '@/components/failed-items/item-state-badge';
import { Payload } from '@/components/failed-items/payload';
import { ReportOverlay } from '@/components/failed-items/report-overlay';
import { useActions } from '@/components/failed-items/use-actions';
import { useReturnFocus } from '@/components/failed-items/use-return-focus';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { failedItemQuery } from '@/lib/client/failed-items';
import type { FailedItemDetail as Detail } from '@/lib/shared/failed-item';

/** One failed item: why it failed, what will be written, what was tried, and what can be done. */
export function FailedItemDetail({ id }: { id: string }) {
  const { data, isPending, error, refetch } = useQuery(failedItemQuery(id));
  if (isPending) return <DetailSkeleton />;
  if (!data) {
    return (
      <>
        <BackLink />
        <PageHeader title="Failed item" />
        <ErrorState title="The failed item could not be loaded" error={error} onRetry={() => refetch()} />
      </>
    );
  }
  return (
    <>
      <BackLink />
      {error && <ErrorState title="This page is not up to date" error={error} onRetry={() => refetch()} />}
      <Loaded item={data} />
    </>
  );
}

function Loaded({ item }: { item: Detail }) {
  const [isEditing, setIsEditing] = useQueryState('edit', parseAsBoolean.withDefault(false));
  const actions = useActions(doNothing);
  const content = useRef<HTMLDivElement>(null);
  useReturnFocus(isEditing || actions.question !== undefined, content);
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <bdi className="min-w-0 break-words">{itemName(item)}</bdi>
            <ItemStateBadge state={item.state} />
          </span>
        }
        description={item.courseId}
        actions={
          !isEditing && <ItemActions item={item} actions={actions} onEdit={() => setIsEditing(true)} />
        }
      />
      <FailedItemNotices item={item} />
      <div
        ref={content}
        tabIndex={-1}
        className="grid items-start gap-6 outline-none lg:grid-cols-[minmax(0,1fr)_22rem]"
      >
        <div className="flex min-w-0 flex-col gap-6">
          {isEditing && item.payload ? (
            <EditFailedItem
              opened={item}
              payload={item.payload}
              onRetry={() =>
                actions.carryOut('retry', { target: { ids: [item.id] }, count: 1, name: itemName(item) })
              }
              onClose={() => setIsEditing(null)}
            />
          ) : (
            <Payload item={item} />
          )}
          <AttemptList attempts={item.attempts} />
        </div>
        <FailedItemFacts item={item} />
      </div>
      <ReportOverlay>
        <ActionReport report={actions.report} isPending={actions.isPending} onClose={actions.closeReport} />
      </ReportOverlay>
      <ActionDialogs actions={actions} wrongField={item.field} />
    </>
  );
}

const doNothing = () => undefined;

function BackLink() {
  return (
    <p className="-mb-2 text-sm">
      <Link href="/failed-items" className="rounded text-accent underline underline-offset-2">
        Failed items
      </Link>
    </p>
  );
}

function DetailSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading the failed item
      </p>
      <Skeleton className="h-7 w-72 max-w-full" />
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-56 w-full" />
    </div>
  );
}
