'use client';

import { useQuery } from '@tanstack/react-query';
import { CauseList } from '@/components/batches/cause-list';
import { FileReading } from '@/components/batches/file-reading';
import { PreviewCounts } from '@/components/batches/preview-counts';
import { PreviewSample } from '@/components/batches/preview-sample';
import { PreviewWarnings } from '@/components/batches/preview-warnings';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount, formatDuration } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { StatList } from '@/components/ui/stat-list';
import { previewQuery } from '@/lib/client/batches';
import type { Preview } from '@/lib/shared/batch';

/** What an accepted file holds and what starting it will do. Nothing is written before that. */
export function BatchPreview({ batchId }: { batchId: string }) {
  const { data, isPending, error, refetch } = useQuery(previewQuery(batchId));
  if (isPending) return <PreviewSkeleton />;
  if (!data) {
    return <ErrorState title="The preview could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  return (
    <>
      <Section title="Before it starts" description="Nothing is written yet. This is what Start will do.">
        <StatList stats={statsOf(data)} />
        <PreviewWarnings preview={data} />
      </Section>
      {data.causes.length > 0 && (
        <Section title="Rows that will be rejected">
          <CauseList causes={data.causes} />
        </Section>
      )}
      {data.sample.length > 0 && <PreviewSample sample={data.sample} />}
      <PreviewCounts preview={data} />
      <FileReading preview={data} />
    </>
  );
}

function statsOf({ valid, rejected, courseCount, estimate }: Preview) {
  return [
    { label: 'Valid', value: formatCount(valid), detail: valid === 1 ? 'row to create' : 'rows to create' },
    { label: 'Rejected', value: formatCount(rejected), detail: 'not written' },
    { label: 'Courses', value: formatCount(courseCount) },
    { label: 'Write units', value: formatCount(estimate.writeUnits), detail: 'of DynamoDB, estimated' },
    { label: 'Time', value: formatDuration(estimate.seconds), detail: 'estimated' },
  ];
}

function PreviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="sr-only">
        Loading the preview
      </p>
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
