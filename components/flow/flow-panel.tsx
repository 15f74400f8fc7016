'use client';

import { useQuery } from '@tanstack/react-query';
import { RetryBeliefs } from '@/components/flow/retry-beliefs';
import { TableFlowCard } from '@/components/flow/table-flow-card';
import { Callout } from '@/components/ui/callout';
import { ErrorState } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { flowQuery } from '@/lib/client/flow';

/** How fast writes may go to the table of assignments and why, and what is known of retries. */
export function FlowPanel() {
  const { data, isPending, error, refetch } = useQuery(flowQuery());
  if (isPending) return <TableSkeleton rows={8} columns={4} label="The flow of writes is loading" />;
  if (!data) {
    return (
      <ErrorState title="The flow of writes could not be read" error={error} onRetry={() => refetch()} />
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {error && (
        <Callout tone="warning">
          The flow of writes is not read at this moment; what you see is older.
        </Callout>
      )}
      <Section
        title="Flow of writes"
        description="Creates of people go first; batches and retries take what is left, as fast as the table takes writes. Seen by the process that answered."
      >
        {data.tables.map((flow) => (
          <TableFlowCard key={flow.table} flow={flow} />
        ))}
      </Section>
      <RetryBeliefs flow={data} />
    </div>
  );
}
