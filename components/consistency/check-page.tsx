'use client';

import { useQuery } from '@tanstack/react-query';
import { CheckResult } from '@/components/consistency/check-result';
import { RunHistory } from '@/components/consistency/run-history';
import { StartCheck } from '@/components/consistency/start-check';
import { useChosenRun } from '@/components/consistency/use-chosen-run';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { checkRunsQuery } from '@/lib/client/consistency';
import { useMay } from '@/lib/client/session-context';

/** Whether the data keeps its rules: the latest check or a chosen one, what it found, and those before it. */
export function CheckPage() {
  const { data, isPending, error, refetch } = useQuery(checkRunsQuery());
  const choice = useChosenRun();
  const isRunning = data?.runs[0]?.state === 'running';
  return (
    <>
      <PageHeader
        title="Consistency"
        description={scheduleText(data?.everyHours)}
        actions={<StartCheck isRunning={isRunning} onStarted={() => choice.chooseRun(null)} />}
      />
      {isPending && <TableSkeleton rows={8} columns={4} label="Loading the checks" />}
      {!data && error && (
        <ErrorState title="The checks could not be loaded" error={error} onRetry={() => refetch()} />
      )}
      {data && error && (
        <ErrorState title="This page is not up to date" error={error} onRetry={() => refetch()} />
      )}
      {data && <Runs runs={data.runs} choice={choice} />}
    </>
  );
}

const SUBJECT = 'Counts, events and batches, compared with the data that they follow from';

function scheduleText(everyHours: number | undefined): string {
  if (everyHours === undefined || everyHours === 0) return `${SUBJECT}.`;
  if (everyHours === 24) return `${SUBJECT}, every day.`;
  return `${SUBJECT}, every ${everyHours} hours.`;
}

type RunsProps = {
  runs: Parameters<typeof RunHistory>[0]['runs'];
  choice: ReturnType<typeof useChosenRun>;
};

function Runs({ runs, choice }: RunsProps) {
  const mayCheck = useMay('consistency:check');
  const shownRunId = choice.chosenRunId ?? runs[0]?.runId;
  if (shownRunId === undefined) {
    return (
      <EmptyState title="Nothing was checked yet">
        {mayCheck ? 'Check now, or wait for the schedule.' : 'The schedule or the operations team begins it.'}
      </EmptyState>
    );
  }
  return (
    <>
      <CheckResult key={shownRunId} runId={shownRunId} cursor={choice.cursor} goToPage={choice.goToPage} />
      <RunHistory runs={runs} shownRunId={shownRunId} onChoose={choice.chooseRun} />
    </>
  );
}
