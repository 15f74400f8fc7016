'use client';

import { useQuery } from '@tanstack/react-query';
import { TargetTable } from '@/components/rollbacks/target-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { rollbackTargetsQuery } from '@/lib/client/rollbacks';
import type { RollbackInput } from '@/lib/shared/rollback';

type Props = {
  input: Extract<RollbackInput, { kind: 'actor' }>;
  cursor: string | null;
  onPage: (cursor: string | null) => void;
};

/** Every assignment that the person changed, and what would become of it, page by page. */
export function TargetList(props: Props) {
  return (
    <Section title="One by one" description="The assignments of the plan, last change first.">
      <Results {...props} />
    </Section>
  );
}

function Results({ input, cursor, onPage }: Props) {
  const query = rollbackTargetsQuery(input, cursor);
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(query);

  if (isPending) return <TableSkeleton columns={4} rows={5} label="Loading assignments" />;
  if (!data) {
    return <ErrorState title="The assignments could not be listed" error={error} onRetry={() => refetch()} />;
  }
  const next = data.cursor;
  if (data.items.length === 0 && next === null && cursor === null) {
    return <EmptyState title="This person changed no assignment in this time" />;
  }
  return (
    <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
      {error && <ErrorState title="This list is not up to date" error={error} onRetry={() => refetch()} />}
      <TargetTable targets={data.items} />
      <Pagination
        label="Pages of assignments"
        previousLabel="First page"
        onPrevious={cursor === null ? undefined : () => onPage(null)}
        onNext={next === null ? undefined : () => onPage(next)}
      >
        {countOf(data.items.length, 'assignment')} on this page
      </Pagination>
    </div>
  );
}
