'use client';

import { useQuery } from '@tanstack/react-query';
import { AssignmentTable } from '@/components/assignments/assignment-table';
import type { AssignmentFilterState } from '@/components/assignments/use-assignment-filter';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Pagination } from '@/components/ui/pagination';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { useTimeZone } from '@/components/ui/use-time-zone';
import { assignmentsQuery } from '@/lib/client/assignments';
import { useDebounced } from '@/lib/client/use-debounced';
import { instantsOfDay } from '@/lib/shared/course-time';

/** The list in each of its states: loading, failed, empty, searched in part, and full. */
export function AssignmentResults({ filter, change, goToPage, clear }: AssignmentFilterState) {
  const timeZone = useTimeZone();
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(
    assignmentsQuery({
      ...filter,
      title: useDebounced(filter.title),
      dueFrom: filter.dueFrom && (instantsOfDay(filter.dueFrom, timeZone)?.first ?? filter.dueFrom),
      dueTo: filter.dueTo && (instantsOfDay(filter.dueTo, timeZone)?.last ?? filter.dueTo),
    }),
  );

  if (isPending) return <TableSkeleton columns={8} label="Loading assignments" />;
  if (error) {
    return <ErrorState title="The assignments could not be loaded" error={error} onRetry={() => refetch()} />;
  }
  const { items, cursor } = data;
  if (items.length === 0 && cursor === null) return <NoAssignments filter={filter} clear={clear} />;
  return (
    <div aria-busy={isPlaceholderData} className="flex flex-col gap-3 aria-busy:opacity-60">
      {items.length === 0 ? (
        <SearchedInPart onContinue={() => goToPage(cursor)} />
      ) : (
        <AssignmentTable
          assignments={items}
          order={filter.order}
          onSort={() => change({ order: filter.order === 'asc' ? 'desc' : 'asc' })}
        />
      )}
      <Pagination
        label="Pages of assignments"
        previousLabel="First page"
        onPrevious={filter.cursor === null ? undefined : () => goToPage(null)}
        onNext={cursor === null ? undefined : () => goToPage(cursor)}
      >
        {items.length === 1 ? '1 assignment' : `${items.length} assignments`} on this page
      </Pagination>
    </div>
  );
}

function SearchedInPart({ onContinue }: { onContinue: () => void }) {
  return (
    <EmptyState title="No match so far" action={<Button onClick={onContinue}>Continue the search</Button>}>
      Only a part of this list has been searched yet.
    </EmptyState>
  );
}

function NoAssignments({ filter, clear }: Pick<AssignmentFilterState, 'filter' | 'clear'>) {
  const { status, dueFrom, dueTo, title, instructorId, cursor } = filter;
  const isFiltered = [status, dueFrom, dueTo, title, instructorId, cursor].some(Boolean);
  if (isFiltered) {
    return (
      <EmptyState
        title="No assignment matches these filters"
        action={<Button onClick={() => clear()}>Clear filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      title={
        filter.courseId
          ? `${filter.courseId} has no assignments yet`
          : 'You have not created any assignment yet'
      }
    />
  );
}
