'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckSummary } from '@/components/consistency/check-summary';
import { DifferenceList } from '@/components/consistency/difference-list';
import { RepairDialog, type RepairTarget } from '@/components/consistency/repair-dialog';
import { RuleList } from '@/components/consistency/rule-list';
import { ErrorState } from '@/components/ui/error-state';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { checkRunQuery } from '@/lib/client/consistency';

type Props = { runId: string; cursor: string; goToPage: (cursor: string | null) => void };

/** One check, live: how far it is, each rule, and every difference with its repair. */
export function CheckResult({ runId, cursor, goToPage }: Props) {
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(checkRunQuery(runId, cursor));
  const [target, setTarget] = useState<RepairTarget | null>(null);
  if (isPending) return <TableSkeleton rows={8} columns={4} label="Loading the check" />;
  if (!data) {
    return <ErrorState title="The check could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  return (
    <>
      {error && <ErrorState title="The check is not up to date" error={error} onRetry={() => refetch()} />}
      <CheckSummary run={data.run} invariants={data.invariants} />
      <RuleList invariants={data.invariants} onRepair={(invariant) => setTarget({ invariant })} />
      <DifferenceList
        page={data.differences}
        run={data.run}
        isBusy={isPlaceholderData}
        cursor={cursor}
        goToPage={goToPage}
        onRepair={(differenceId) => setTarget({ differenceIds: [differenceId] })}
      />
      <RepairDialog runId={runId} target={target} onClose={() => setTarget(null)} />
    </>
  );
}
