'use client';

import { useQuery } from '@tanstack/react-query';
import { BatchActions } from '@/components/batches/batch-actions';
import { BatchAnnouncer } from '@/components/batches/batch-announcer';
import { batchName } from '@/components/batches/batch-labels';
import { BatchNotices } from '@/components/batches/batch-notices';
import { BatchOrigin } from '@/components/batches/batch-origin';
import { BatchPreview } from '@/components/batches/batch-preview';
import { BatchReceiving } from '@/components/batches/batch-receiving';
import { BatchRun } from '@/components/batches/batch-run';
import { BatchStateBadge } from '@/components/batches/batch-state-badge';
import { BatchTimeline } from '@/components/batches/batch-timeline';
import { LastUpdate } from '@/components/batches/last-update';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { batchQuery } from '@/lib/client/batches';
import type { BatchDetail as Detail } from '@/lib/shared/batch';

/** One batch in each of its states, live: what it holds before it starts, and what becomes of its rows afterwards. */
export function BatchDetail({ batchId }: { batchId: string }) {
  const { data, isPending, error, refetch } = useQuery(batchQuery(batchId));
  if (isPending) return <DetailSkeleton />;
  if (!data) {
    return (
      <>
        <PageHeader title="Batch" />
        <ErrorState title="The batch could not be loaded" error={error} onRetry={() => refetch()} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <bdi className="min-w-0 break-words">{batchName(data)}</bdi>
            <BatchStateBadge state={data.state} />
          </span>
        }
        description={<BatchOrigin batch={data} />}
        actions={<BatchActions batch={data} />}
      />
      <BatchAnnouncer batch={data} />
      <LastUpdate batchId={batchId} />
      <BatchNotices batch={data} />
      <Body batch={data} />
      <BatchTimeline batch={data} />
    </>
  );
}

function Body({ batch }: { batch: Detail }) {
  switch (batch.state) {
    case 'failed_to_receive':
      return null;
    case 'receiving':
      return <BatchReceiving batch={batch} />;
    case 'ready':
      return <BatchPreview batchId={batch.batchId} />;
    default:
      return <BatchRun batch={batch} />;
  }
}

function DetailSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading the batch
      </p>
      <Skeleton className="h-7 w-72 max-w-full" />
      <Skeleton className="w-48" />
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-56 w-full" />
    </div>
  );
}
